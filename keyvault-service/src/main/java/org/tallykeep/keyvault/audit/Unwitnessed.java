package org.tallykeep.keyvault.audit;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.evidence.AuditEntry;
import org.tallykeep.evidence.Checkpoint;

/**
 * How far this replica's lanes came since they were last witnessed: remembered from what it wrote,
 * not read back from a database that somebody may have changed. Thread-safe.
 */
@Singleton
class Unwitnessed {

  private final Clock clock;
  private final Map<UUID, Checkpoint.Lane> heads = new HashMap<>();
  private volatile @Nullable Instant since;

  Unwitnessed(Clock clock) {
    this.clock = clock;
  }

  /** The newest entry of a lane is in the database. */
  synchronized void add(AuditEntry newest) {
    heads.put(
        newest.lane(),
        new Checkpoint.Lane(
            newest.lane(), newest.sequence(), HexFormat.of().formatHex(newest.hash())));
    if (since == null) {
      since = clock.instant();
    }
  }

  synchronized List<Checkpoint.Lane> heads() {
    return new ArrayList<>(heads.values());
  }

  /** These are witnessed, as of a question asked then; what came after it is not. */
  synchronized void witnessed(List<Checkpoint.Lane> lanes, Instant asked) {
    lanes.forEach(lane -> heads.remove(lane.lane(), lane));
    since = heads.isEmpty() ? null : asked;
  }

  boolean isOlderThan(Duration age) {
    Instant oldest = since;
    return oldest != null && clock.instant().isAfter(oldest.plus(age));
  }
}
