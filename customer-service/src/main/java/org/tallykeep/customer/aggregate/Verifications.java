package org.tallykeep.customer.aggregate;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.tallykeep.aggregates.Shards;
import org.tallykeep.customer.platform.Refusal;

/**
 * The verifications of this replica, one at a time, the last ones in memory: they change nothing,
 * so one that is lost with its replica is begun again.
 */
@Singleton
final class Verifications {

  private static final Logger LOG = Logger.getLogger(Verifications.class);
  private static final int KEPT = 16;

  private final Verification verification;
  private final Clock clock;
  private final Deque<VerificationRun> runs = new ArrayDeque<>();
  private volatile boolean stopping;

  Verifications(Verification verification, Clock clock) {
    this.verification = verification;
    this.clock = clock;
  }

  void stop(@Observes ShutdownEvent event) {
    stopping = true;
  }

  /** Begins one, unless one runs: then that one. */
  synchronized VerificationView begin() {
    VerificationRun last = runs.peekLast();
    if (last != null && last.running()) {
      return last.view();
    }
    VerificationRun run = new VerificationRun(clock);
    runs.add(run);
    while (runs.size() > KEPT) {
      runs.remove();
    }
    Thread.ofPlatform().daemon().name("verification").start(() -> run(run));
    return run.view();
  }

  synchronized VerificationView get(UUID id) {
    return runs.stream()
        .filter(run -> run.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal.NotFound(
                    "verification-not-found",
                    "This replica knows of no such verification. They are kept in memory; begin"
                        + " another."))
        .view();
  }

  private void run(VerificationRun run) {
    try {
      for (int shard = 0; shard < Shards.COUNT && !stopping; shard++) {
        ShardCheck.Result result = verification.verify(shard);
        result.findings().forEach(Verifications::say);
        run.add(result);
      }
      run.end(stopping);
    } catch (RuntimeException e) {
      LOG.error("The aggregates could not be verified to the end", e);
      run.end(true);
    }
  }

  private static void say(Finding found) {
    LOG.errorf(
        "Aggregates are not what the ledger gives: %s, shard %d: %s (%d)",
        found.dataset(), found.shard(), found.what(), found.count());
  }
}
