package org.tallykeep.keyvault.root;

import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import org.tallykeep.envelope.AssociatedData;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.RecordNotOpenedException;
import org.tallykeep.envelope.SealedRecord;

/**
 * A root key in a file beside the service, for a first look: whoever reads the file and its
 * password has everything, so production refuses it. Wrapped branch keys are sealed records. The
 * file is read at each call, because another replica may have rotated the key meanwhile.
 */
final class LocalRoot implements RootKey {

  private final LocalKeyStore store;
  private final Runnable beforeRetiring;

  /**
   * A root key in that file.
   *
   * @param beforeRetiring brings what else is sealed under the root key to its newest version
   */
  LocalRoot(LocalKeyStore store, Runnable beforeRetiring) {
    this.store = store;
    this.beforeRetiring = beforeRetiring;
  }

  @Override
  public List<byte[]> wrap(List<BranchBytes> keys) {
    try (LocalVersions versions = store.open()) {
      return keys.stream().map(k -> versions.newest().seal(place(k.branch()), k.bytes())).toList();
    }
  }

  @Override
  public List<byte[]> unwrap(List<BranchBytes> wrapped) {
    try (LocalVersions versions = store.open()) {
      return wrapped.stream().map(k -> versions.openRecord(place(k.branch()), k.bytes())).toList();
    } catch (RecordNotOpenedException e) {
      throw new RootMismatch(e);
    }
  }

  @Override
  public int versionOf(byte[] wrapped) {
    try {
      return SealedRecord.keyOf(wrapped).version();
    } catch (RecordNotOpenedException e) {
      throw new RootMismatch(e);
    }
  }

  @Override
  public int newestVersion() {
    try (LocalVersions versions = store.open()) {
      return versions.newest().ref().version();
    }
  }

  @Override
  public NavigableMap<Integer, Instant> madeAt() {
    return store.madeAt();
  }

  @Override
  public int rotate() {
    store.addVersion();
    return newestVersion();
  }

  /** Nothing to do: no caller chooses the version here. */
  @Override
  public void wrapFrom(int version) {}

  @Override
  public void retireBefore(int version) {
    beforeRetiring.run();
    store.removeBefore(version);
  }

  private static AssociatedData place(KeyRef branch) {
    return AssociatedData.of("branch_key", branch.id(), "root", branch.version());
  }
}
