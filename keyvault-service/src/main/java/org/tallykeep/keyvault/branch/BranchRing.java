package org.tallykeep.keyvault.branch;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.WrappingKey;

/** All branch keys, opened, as of one load. Only used inside {@link BranchKeys#use}. */
public final class BranchRing implements AutoCloseable {

  private final Map<KeyRef, WrappingKey> keys = new HashMap<>();

  /** The newest version of each branch, by kind: what new keys are wrapped with. */
  private final Map<String, List<WrappingKey>> newest = new HashMap<>();

  /** The same by name. */
  private final Map<UUID, WrappingKey> latest = new HashMap<>();

  private final SecureRandom random = new SecureRandom();

  private BranchRing() {}

  static BranchRing takeOwnershipOf(List<BranchRow> rows, List<byte[]> opened) {
    BranchRing ring = new BranchRing();
    Map<UUID, String> kinds = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      KeyRef ref = rows.get(i).ref();
      WrappingKey key = WrappingKey.takeOwnershipOf(ref, opened.get(i));
      ring.keys.put(ref, key);
      kinds.put(ref.id(), rows.get(i).kind());
      ring.latest.merge(ref.id(), key, (a, b) -> a.ref().version() > b.ref().version() ? a : b);
    }
    ring.latest.forEach(
        (id, key) ->
            ring.newest
                .computeIfAbsent(Objects.requireNonNull(kinds.get(id)), kind -> new ArrayList<>())
                .add(key));
    return ring;
  }

  /**
   * The branch key of that name and version.
   *
   * @throws StaleBranches when there is none
   */
  public WrappingKey get(KeyRef branch) {
    WrappingKey key = keys.get(branch);
    if (key == null) {
      throw new StaleBranches();
    }
    return key;
  }

  /**
   * The newest version of a branch.
   *
   * @throws StaleBranches when there is none
   */
  public WrappingKey newest(UUID branch) {
    WrappingKey key = latest.get(branch);
    if (key == null) {
      throw new StaleBranches();
    }
    return key;
  }

  /** A branch of the kind to put a new key under, at random so that the branch tells nothing. */
  public WrappingKey anyOf(String kind) {
    List<WrappingKey> candidates = newest.getOrDefault(kind, List.of());
    if (candidates.isEmpty()) {
      throw new IllegalStateException("no branch of kind " + kind);
    }
    return candidates.get(random.nextInt(candidates.size()));
  }

  int size() {
    return keys.size();
  }

  @Override
  public void close() {
    keys.values().forEach(WrappingKey::close);
  }

  /** Says nothing about the keys. */
  @Override
  public String toString() {
    return "BranchRing[" + keys.size() + "]";
  }
}
