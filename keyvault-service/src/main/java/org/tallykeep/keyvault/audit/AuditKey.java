package org.tallykeep.keyvault.audit;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tallykeep.envelope.MessageLease;
import org.tallykeep.envelope.SealingKey;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.dataset.DatasetKey;
import org.tallykeep.keyvault.dataset.DatasetKeys;

/**
 * The key that audit bodies are sealed with. Leased in portions, and asked for again after a while,
 * so that a new version is taken up. Used by the one writer only: not thread-safe.
 */
@Singleton
class AuditKey {

  private static final long LEASE = 1L << 18;
  private static final Duration MAX_AGE = Duration.ofMinutes(5);

  private final DatasetKeys datasets;
  private final Clock clock;
  private @Nullable SealingKey key;
  private long left;
  private Instant since = Instant.MIN;

  AuditKey(DatasetKeys datasets, Clock clock) {
    this.datasets = datasets;
    this.clock = clock;
  }

  /** A key that can seal so many more bodies. */
  SealingKey forMessages(int messages) {
    SealingKey current = key;
    Instant now = clock.instant();
    if (current == null || left < messages || now.isAfter(since.plus(MAX_AGE))) {
      DatasetKey leased = datasets.lease(Purpose.AUDIT, LEASE);
      if (current != null) {
        current.close();
      }
      current = SealingKey.takeOwnershipOf(leased.ref(), leased.key(), MessageLease.of(LEASE));
      key = current;
      left = LEASE;
      since = now;
    }
    left -= messages;
    return current;
  }
}
