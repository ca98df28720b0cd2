package org.tallykeep.customer.ledger;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Map;
import org.tallykeep.customer.maintenance.MaintenanceJob;
import org.tallykeep.customer.maintenance.RewriteJob;
import org.tallykeep.customer.platform.Transactions;

/** Closes the ledger's open partition, so that the rewrite can take the traces of order from it. */
@Singleton
@Named(RewriteJob.CLOSE_PARTITION)
final class ClosePartition implements MaintenanceJob {

  private final Transactions transactions;

  ClosePartition(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public String name() {
    return RewriteJob.CLOSE_PARTITION;
  }

  /** An empty partition stays open: there is nothing in it to hide. */
  @Override
  public Map<String, Long> run() {
    return transactions.call(
        connection -> {
          Partitions.lockOutWriters(connection);
          int open = Partitions.open(connection);
          boolean empty = Partitions.isEmpty(connection, open);
          if (!empty) {
            Partitions.closeAndOpenNext(connection, open);
          }
          return Map.of(
              "closedPartitions", empty ? 0L : 1L, "openPartition", empty ? open : open + 1L);
        });
  }
}
