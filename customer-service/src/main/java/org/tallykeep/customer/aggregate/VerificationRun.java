package org.tallykeep.customer.aggregate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.aggregates.Shards;

/** One verification and how far it has come; safe to look at while it runs. */
final class VerificationRun {

  private final UUID id = UUID.randomUUID();
  private final Clock clock;
  private final Instant started;
  private final List<Finding> findings = new ArrayList<>();
  private int shards;
  private long pseudonyms;
  private long events;
  private long waiting;
  private @Nullable Instant ended;
  private boolean failed;

  VerificationRun(Clock clock) {
    this.clock = clock;
    this.started = clock.instant();
  }

  UUID id() {
    return id;
  }

  synchronized void add(ShardCheck.Result shard) {
    shards++;
    pseudonyms += shard.pseudonyms();
    events += shard.events();
    waiting += shard.waiting();
    findings.addAll(shard.findings());
  }

  synchronized void end(boolean withFailure) {
    ended = clock.instant();
    failed = withFailure;
  }

  synchronized boolean running() {
    return ended == null;
  }

  synchronized VerificationView view() {
    Instant until = ended == null ? clock.instant() : ended;
    double seconds = Math.max(1, Duration.between(started, until).toMillis()) / 1000.0;
    boolean done = ended != null && !failed;
    return new VerificationView(
        id,
        ended == null
            ? VerificationView.State.RUNNING
            : failed ? VerificationView.State.FAILED : VerificationView.State.DONE,
        started,
        ended,
        Shards.COUNT,
        shards,
        pseudonyms,
        events,
        waiting,
        Math.round(10 * pseudonyms / seconds) / 10.0,
        ended != null || shards == 0
            ? null
            : (long) Math.ceil(seconds * (Shards.COUNT - shards) / shards),
        done ? findings.isEmpty() : null,
        List.copyOf(findings));
  }
}
