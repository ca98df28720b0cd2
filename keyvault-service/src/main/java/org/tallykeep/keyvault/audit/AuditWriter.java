package org.tallykeep.keyvault.audit;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.tallykeep.evidence.AuditEntry;
import org.tallykeep.keyvault.audit.AuditTrail.Waiting;

/** The one writer of this replica's lane: gathers entries for a moment, commits them together. */
@Singleton
class AuditWriter {

  private static final Logger LOG = Logger.getLogger(AuditWriter.class);

  private final AuditRepository repository;
  private final AuditKey key;
  private final Unwitnessed unwitnessed;
  private final AuditConfig config;
  private final Timer commits;
  private final DistributionSummary groups;
  private AuditLane lane = new AuditLane(UUID.randomUUID());

  AuditWriter(
      AuditRepository repository,
      AuditKey key,
      Unwitnessed unwitnessed,
      AuditConfig config,
      MeterRegistry meters) {
    this.repository = repository;
    this.key = key;
    this.unwitnessed = unwitnessed;
    this.config = config;
    this.commits = meters.timer("tallykeep.audit.commits");
    this.groups = meters.summary("tallykeep.audit.group.size");
  }

  /** Until interrupted. */
  void run(BlockingQueue<Waiting> queue) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        write(gather(queue));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Waiting> gather(BlockingQueue<Waiting> queue) throws InterruptedException {
    List<Waiting> group = new ArrayList<>();
    group.add(queue.take());
    long deadline = System.nanoTime() + config.groupWindow().toNanos();
    while (group.size() < config.groupSize()) {
      Waiting next = queue.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        break;
      }
      group.add(next);
    }
    return group;
  }

  private void write(List<Waiting> group) {
    try {
      List<byte[]> bodies = group.stream().map(Waiting::body).toList();
      List<AuditEntry> rows = lane.chain(bodies, key.forMessages(bodies.size()));
      commits.record(() -> repository.append(rows));
      lane.committed(rows);
      unwitnessed.add(rows.getLast());
      groups.record(group.size());
      group.forEach(waiting -> waiting.written().complete(null));
    } catch (RuntimeException | Error e) {
      // Errors too: a writer that died would leave the service refusing until it is restarted.
      LOG.warnf("The audit could not be written: %s", e.getMessage());
      lane = new AuditLane(UUID.randomUUID());
      group.forEach(waiting -> waiting.written().completeExceptionally(e));
    }
  }
}
