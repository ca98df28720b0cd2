package org.tallykeep.customer.purchaser;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.tallykeep.customer.maintenance.MaintenanceJob;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.rekey.RowDeadlines;
import org.tallykeep.envelope.SealingKey;

/** Makes purchasers ahead of their use, each with its key and a dummy in place of a customer. */
@Singleton
final class PoolRefill implements MaintenanceJob {

  private static final Logger LOG = Logger.getLogger(PoolRefill.class);
  private static final int BATCH = 1000;

  private final Transactions transactions;
  private final Keys keys;
  private final int size;
  private final SecureRandom random;
  private final RowDeadlines deadlines;

  PoolRefill(
      Transactions transactions,
      Keys keys,
      PoolConfig config,
      SecureRandom random,
      RowDeadlines deadlines) {
    this.transactions = transactions;
    this.keys = keys;
    this.size = config.size();
    this.random = random;
    this.deadlines = deadlines;
  }

  @Override
  public String name() {
    return "refill-pool";
  }

  /** Fills the pool up to its size. */
  @Override
  public Map<String, Long> run() {
    long made = atLeast(size);
    return Map.of("made", made, "free", free());
  }

  @Scheduled(
      every = "${tallykeep.pool.refill-every:30s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void lookAfterThePool() {
    try {
      // Half full is full enough: fewer and larger generations tell less.
      if (free() < size / 2) {
        run();
      }
    } catch (RuntimeException e) {
      // Requests refill on their own; the next turn tries again.
      LOG.warnf("The pool of purchasers could not be refilled: %s", e.getMessage());
    }
  }

  /** Makes whole generations until so many are free. */
  synchronized long atLeast(int wanted) {
    long missing = Math.max(wanted, size) - free();
    for (long left = missing; left > 0; left -= BATCH) {
      make((int) Math.min(BATCH, left));
    }
    return Math.max(0, missing);
  }

  private long free() {
    return transactions.call(PurchaserRepository::countFree);
  }

  private void make(int count) {
    RowDeadlines.Deadline deadline = deadlines.begin();
    List<PurchaserRepository.Row> rows = new ArrayList<>(count);
    for (SealingKey key : keys.createPseudonyms(count)) {
      try (key) {
        UUID id = UUID.randomUUID();
        rows.add(new PurchaserRepository.Row(id, Reidentification.sealDummy(key, id, random)));
      }
    }
    transactions.run(
        c -> {
          PurchaserRepository.insertFree(c, rows);
          deadline.require();
        });
  }
}
