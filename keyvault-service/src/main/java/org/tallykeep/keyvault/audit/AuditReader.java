package org.tallykeep.keyvault.audit;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.RecordNotOpenedException;
import org.tallykeep.envelope.SealedRecord;
import org.tallykeep.envelope.SealingKey;
import org.tallykeep.evidence.AuditEntry;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.dataset.DatasetKey;
import org.tallykeep.keyvault.dataset.DatasetKeys;

/**
 * Opens what is in the trail. No time lies in the clear, so a lane's entries of a span of time are
 * found by opening a few of them and halving.
 */
@Singleton
public final class AuditReader {

  /** Requests that began together are written in any order; none waits longer than this. */
  private static final Duration DISORDER = Duration.ofMinutes(1);

  private final AuditRepository entries;
  private final DatasetKeys datasets;

  AuditReader(AuditRepository entries, DatasetKeys datasets) {
    this.entries = entries;
    this.datasets = datasets;
  }

  /** An entry, opened. */
  public record Opened(UUID lane, long sequence, AuditEvent event) {}

  /**
   * Everything from a moment until before another, lane by lane, in the order in which it was
   * written.
   *
   * @return how many entries could not be opened: they were changed
   */
  public long forEach(Instant from, Instant until, Consumer<Opened> reader) {
    try (Keys keys = new Keys()) {
      long[] unreadable = new long[1];
      entries
          .lanes()
          .forEach(
              (lane, newest) ->
                  entries.forEach(
                      lane,
                      firstAfter(keys, lane, newest, from),
                      entry -> {
                        Optional<AuditEvent> event = keys.open(entry);
                        if (event.isEmpty()) {
                          unreadable[0]++;
                          return true;
                        }
                        Instant at = event.get().at();
                        if (!at.isBefore(from) && at.isBefore(until)) {
                          reader.accept(new Opened(lane, entry.sequence(), event.get()));
                        }
                        return at.minus(DISORDER).isBefore(until);
                      }));
      return unreadable[0];
    }
  }

  /**
   * The first sequence of a lane that is not before the moment; entries that are lost count as so.
   */
  private long firstAfter(Keys keys, UUID lane, long newest, Instant moment) {
    long low = 0;
    long high = newest;
    while (low < high) {
      long middle = low + (high - low) / 2;
      boolean before =
          entries
              .find(lane, middle)
              .flatMap(keys::open)
              .filter(event -> event.at().plus(DISORDER).isBefore(moment))
              .isPresent();
      if (before) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** All versions of the key of the audit. */
  private final class Keys implements AutoCloseable {

    private final Map<KeyRef, SealingKey> keys = new HashMap<>();

    Keys() {
      for (DatasetKey key : datasets.live(Purpose.AUDIT, Set.of())) {
        keys.put(key.ref(), SealingKey.takeOwnershipForOpening(key.ref(), key.key()));
      }
    }

    Optional<AuditEvent> open(AuditEntry entry) {
      try {
        SealingKey key = keys.get(SealedRecord.keyOf(entry.body()));
        return key == null
            ? Optional.empty()
            : Optional.of(
                AuditBody.decode(
                    key.open(AuditLane.place(entry.lane(), entry.sequence()), entry.body())));
      } catch (RecordNotOpenedException e) {
        return Optional.empty();
      }
    }

    @Override
    public void close() {
      keys.values().forEach(SealingKey::close);
    }
  }
}
