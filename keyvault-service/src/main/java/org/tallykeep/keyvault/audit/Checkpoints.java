package org.tallykeep.keyvault.audit;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import org.tallykeep.evidence.AuditInspection;
import org.tallykeep.evidence.Checkpoint;
import org.tallykeep.evidence.Statement;
import org.tallykeep.keyvault.root.AppendOnlyLog;
import org.tallykeep.keyvault.root.AppendOnlyLogs;
import org.tallykeep.keyvault.signing.Signing;
import org.tallykeep.keyvault.witness.WitnessFile;
import org.tallykeep.platform.problem.Unavailable;

/**
 * Witnesses the trail outside the database: what was written before a checkpoint cannot be
 * rewritten unseen. One chain for all replicas; of two that write at once the other takes the next
 * number.
 */
@Singleton
class Checkpoints {

  private static final Logger LOG = Logger.getLogger(Checkpoints.class);

  private final AppendOnlyLog log;
  private final Unwitnessed unwitnessed;
  private final CheckpointRepository copies;
  private final Outside outside;
  private long last;
  private String lastSigned = "";

  /** What makes and keeps evidence. */
  @Singleton
  record Outside(AppendOnlyLogs logs, Signing signing, WitnessFile witness, Clock clock) {}

  Checkpoints(Unwitnessed unwitnessed, CheckpointRepository copies, Outside outside) {
    this.log = outside.logs().named("checkpoints");
    this.unwitnessed = unwitnessed;
    this.copies = copies;
    this.outside = outside;
  }

  @Scheduled(
      every = "{tallykeep.audit.checkpoint-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void write() {
    try {
      writeNow();
    } catch (Unavailable e) {
      LOG.warnf("The audit is not witnessed for now: %s", e.getMessage());
    }
  }

  void onStop(@Observes ShutdownEvent stopping) {
    write();
  }

  /**
   * Witnesses what this replica wrote, if it wrote anything.
   *
   * @return the number of the newest checkpoint known here
   * @throws Unavailable when the log outside, or its key, cannot be used now
   */
  synchronized long writeNow() {
    List<Checkpoint.Lane> lanes = unwitnessed.heads();
    if (lanes.isEmpty()) {
      return last;
    }
    Instant asked = outside.clock().instant();
    catchUp();
    while (!tryWrite(lanes)) {
      catchUp();
    }
    unwitnessed.witnessed(lanes, asked);
    return last;
  }

  private boolean tryWrite(List<Checkpoint.Lane> lanes) {
    Checkpoint next =
        new Checkpoint(
            last + 1, outside.clock().instant(), AuditInspection.hashOf(lastSigned), lanes);
    String signed = outside.signing().sign(Statement.CHECKPOINT, next);
    if (!log.append(next.number(), signed.getBytes(StandardCharsets.US_ASCII))) {
      return false;
    }
    keep(next.number(), signed);
    return true;
  }

  /** To the end of the log, with what other replicas wrote. */
  private void catchUp() {
    if (last == 0) {
      long known = log.last(0);
      if (known > 0) {
        keep(known, read(known));
      }
    }
    while (true) {
      var next = log.read(last + 1);
      if (next.isEmpty()) {
        return;
      }
      keep(last + 1, new String(next.get(), StandardCharsets.US_ASCII));
    }
  }

  private void keep(long number, String signed) {
    copies.insert(number, signed);
    outside.witness().checkpoint(signed);
    last = number;
    lastSigned = signed;
  }

  /**
   * One checkpoint from the log outside.
   *
   * @throws Unavailable when it cannot be read now
   */
  String read(long number) {
    return log.read(number).map(bytes -> new String(bytes, StandardCharsets.US_ASCII)).orElse("");
  }

  /** The number of the newest one outside. */
  long newestOutside() {
    return log.last(0);
  }
}
