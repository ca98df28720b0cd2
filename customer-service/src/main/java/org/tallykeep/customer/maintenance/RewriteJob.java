package org.tallykeep.customer.maintenance;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.tallykeep.customer.platform.Transactions;

/**
 * Writes every table anew, in the order of random ids and with one transaction id for all its rows,
 * here and at the key service.
 */
@Singleton
public final class RewriteJob implements MaintenanceJob {

  private static final Logger LOG = Logger.getLogger(RewriteJob.class);

  /** The job that lets the rewrite take the ledger's newest rows, too. */
  public static final String CLOSE_PARTITION = "close-partition";

  private final Transactions transactions;
  private final Instance<Rewritable> tables;
  private final KeyServiceMaintenance keyService;
  private final MaintenanceJob ledger;

  RewriteJob(
      Transactions transactions,
      Instance<Rewritable> tables,
      @RestClient KeyServiceMaintenance keyService,
      @Named(CLOSE_PARTITION) MaintenanceJob ledger) {
    this.transactions = transactions;
    this.tables = tables;
    this.keyService = keyService;
    this.ledger = ledger;
  }

  @Override
  public String name() {
    return "rewrite";
  }

  /**
   * Each group of tables in a transaction of its own, so that none is locked for all of it. One
   * that fails keeps no other in its order.
   */
  @Override
  public Map<String, Long> run() {
    Map<String, Long> rows = new TreeMap<>();
    List<RuntimeException> failures = new ArrayList<>();
    for (Rewritable table : tables) {
      attempt(failures, () -> rows.put(table.name(), transactions.call(table::rewrite)));
    }
    attempt(failures, () -> rows.put("keys", total(keyService.rewrite().rows())));
    if (!failures.isEmpty()) {
      RuntimeException first = failures.removeFirst();
      failures.forEach(first::addSuppressed);
      throw first;
    }
    return rows;
  }

  private static void attempt(List<RuntimeException> failures, Runnable rewrite) {
    try {
      rewrite.run();
    } catch (RuntimeException e) {
      LOG.errorf("A table was not rewritten: %s", e.getMessage());
      failures.add(e);
    }
  }

  @Scheduled(
      cron = "${tallykeep.maintenance.rewrite-cron:0 47 2 * * ?}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void nightly() {
    try {
      // What is still written to cannot be put in order: its rows begin a new partition.
      ledger.run();
      LOG.infof("Tables rewritten: %s", run());
    } catch (RuntimeException e) {
      LOG.warnf("The nightly rewrite stopped: %s", e.getMessage());
    }
  }

  private static long total(Map<String, Long> rows) {
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }
}
