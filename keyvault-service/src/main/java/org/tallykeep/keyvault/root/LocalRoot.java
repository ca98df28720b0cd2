package org.tallykeep.keyvault.root;

import java.util.List;
import org.tallykeep.envelope.AssociatedData;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.RecordNotOpenedException;
import org.tallykeep.envelope.SealingKey;

/**
 * A root key in a file beside the service, for a first look: whoever reads the file and its
 * password has everything, so production refuses it. Wrapped branch keys are sealed records.
 */
final class LocalRoot implements RootKey {

  private final SealingKey key;

  LocalRoot(SealingKey key) {
    this.key = key;
  }

  @Override
  public List<byte[]> wrap(List<BranchBytes> keys) {
    return keys.stream().map(k -> key.seal(place(k.branch()), k.bytes())).toList();
  }

  @Override
  public List<byte[]> unwrap(List<BranchBytes> wrapped) {
    try {
      return wrapped.stream().map(k -> key.open(place(k.branch()), k.bytes())).toList();
    } catch (RecordNotOpenedException e) {
      throw new RootMismatch(e);
    }
  }

  private static AssociatedData place(KeyRef branch) {
    return AssociatedData.of("branch_key", branch.id(), "root", branch.version());
  }
}
