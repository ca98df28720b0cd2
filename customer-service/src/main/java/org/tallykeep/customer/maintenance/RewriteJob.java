package org.tallykeep.customer.maintenance;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
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
final class RewriteJob implements MaintenanceJob {

  private static final Logger LOG = Logger.getLogger(RewriteJob.class);

  private final Transactions transactions;
  private final Instance<Rewritable> tables;
  private final KeyServiceMaintenance keyService;

  RewriteJob(
      Transactions transactions,
      Instance<Rewritable> tables,
      @RestClient KeyServiceMaintenance keyService) {
    this.transactions = transactions;
    this.tables = tables;
    this.keyService = keyService;
  }

  @Override
  public String name() {
    return "rewrite";
  }

  /** Each group of tables in a transaction of its own, so that none is locked for all of it. */
  @Override
  public Map<String, Long> run() {
    Map<String, Long> rows = new TreeMap<>();
    for (Rewritable table : tables) {
      rows.put(table.name(), transactions.call(table::rewrite));
    }
    rows.put("keys", total(keyService.rewrite().rows()));
    return rows;
  }

  @Scheduled(
      cron = "${tallykeep.maintenance.rewrite-cron:0 47 2 * * ?}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void nightly() {
    try {
      LOG.infof("Tables rewritten: %s", run());
    } catch (RuntimeException e) {
      LOG.warnf("The nightly rewrite stopped: %s", e.getMessage());
    }
  }

  private static long total(Map<String, Long> rows) {
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }
}
