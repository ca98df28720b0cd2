package org.tallykeep.customer.rekey;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.tallykeep.platform.problem.Unavailable;

/**
 * By when the rows of new keys are written. A key that is replaced and of which nothing is found
 * for {@code tallykeep.rekey.absent-for} loses its older version, and a row that came later under
 * that would open nothing any more: who makes keys has {@code tallykeep.rekey.write-within}, and
 * what had begun to commit by then is waited for.
 */
@Singleton
public final class RowDeadlines {

  private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(5);

  private final InstantSource clock;
  private final Duration time;

  RowDeadlines(RekeyConfig config, InstantSource clock) {
    this.clock = clock;
    this.time = config.writeWithin();
  }

  /** Before the keys are asked for: they may be replaced as soon as they are made. */
  public Deadline begin() {
    return new Deadline(clock.instant().plus(time));
  }

  /** For the rows of keys that are asked for from now on. */
  public final class Deadline {
    private final Instant end;

    private Deadline(Instant end) {
      this.end = end;
    }

    /**
     * The last thing in the transaction that writes the rows.
     *
     * @throws Unavailable if that took too long; the keys are lost and nothing else
     */
    public void require() {
      if (clock.instant().isAfter(end)) {
        throw new Unavailable(
            "took-too-long",
            "It took too long to be written safely; nothing was. Try again.",
            TRY_AGAIN_AFTER,
            null);
      }
    }
  }
}
