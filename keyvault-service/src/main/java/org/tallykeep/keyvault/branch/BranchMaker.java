package org.tallykeep.keyvault.branch;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.keyvault.root.BranchBytes;
import org.tallykeep.keyvault.root.RootKey;

/** Makes branch keys, wrapped by one call to the root. */
@Singleton
final class BranchMaker {

  private static final int KEY_LENGTH = 32;

  private final RootKey root;
  private final SecureRandom random = new SecureRandom();

  BranchMaker(RootKey root) {
    this.root = root;
  }

  /** A branch key to be made. */
  record Wanted(KeyRef ref, String kind) {}

  List<BranchRow> make(List<Wanted> wanted) {
    List<BranchBytes> keys = wanted.stream().map(each -> fresh(each.ref())).toList();
    try {
      List<byte[]> wrapped = root.wrap(keys);
      return IntStream.range(0, wanted.size())
          .mapToObj(i -> new BranchRow(wanted.get(i).ref(), wanted.get(i).kind(), wrapped.get(i)))
          .toList();
    } finally {
      keys.forEach(key -> Arrays.fill(key.bytes(), (byte) 0));
    }
  }

  private BranchBytes fresh(KeyRef ref) {
    byte[] key = new byte[KEY_LENGTH];
    random.nextBytes(key);
    return new BranchBytes(ref, key);
  }
}
