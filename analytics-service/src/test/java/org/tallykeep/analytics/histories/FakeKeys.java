package org.tallykeep.analytics.histories;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.aggregates.ManifestSum;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.MacKey;
import org.tallykeep.envelope.MessageLease;
import org.tallykeep.envelope.SealingKey;

/** Keys made on the spot. */
final class FakeKeys implements HistoryKeys {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Map<KeyRef, SealingKey> aggregate = new HashMap<>();
  private final Map<KeyRef, MacKey> manifest = new HashMap<>();
  private final MacKey current = newManifest();

  private static byte[] random32() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static KeyRef newRef() {
    return new KeyRef(UUID.randomUUID(), 1);
  }

  SealingKey newAggregate() {
    SealingKey key = SealingKey.takeOwnershipOf(newRef(), random32(), MessageLease.of(10_000_000));
    aggregate.put(key.ref(), key);
    return key;
  }

  MacKey newManifest() {
    MacKey key = MacKey.takeOwnershipOf(newRef(), random32(), ManifestSum.MAC_USE);
    manifest.put(key.ref(), key);
    return key;
  }

  @Override
  public SealingKey aggregate(KeyRef ref) {
    return known(aggregate.get(ref));
  }

  @Override
  public MacKey manifest(KeyRef ref) {
    return known(manifest.get(ref));
  }

  @Override
  public MacKey currentManifest() {
    return current;
  }

  private static <K> K known(@Nullable K key) {
    if (key == null) {
      throw new UnaccountedHistoriesException("no such key");
    }
    return key;
  }
}
