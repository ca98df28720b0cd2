package org.tallykeep.customer.aggregate;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.tallykeep.customer.ledger.LedgerEvents;
import org.tallykeep.customer.platform.DatasetRecords;
import org.tallykeep.customer.platform.Transactions;

/**
 * Compares the aggregates with what the ledger gives, a shard in one snapshot. It takes no lock
 * that anybody who takes or counts purchases waits for.
 */
@Singleton
final class Verification {

  private final Transactions transactions;
  private final LedgerEvents ledger;
  private final DatasetRecords records;
  private final Manifests manifests;

  Verification(
      Transactions transactions, LedgerEvents ledger, DatasetRecords records, Manifests manifests) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.records = records;
    this.manifests = manifests;
  }

  ShardCheck.Result verify(int shard) {
    return transactions.call(
        connection -> {
          snapshot(connection);
          return verify(connection, shard);
        });
  }

  ShardCheck.Result verify(Connection connection, int shard) throws SQLException {
    return new ShardCheck(connection, shard, ledger, records, manifests).run();
  }

  static void snapshot(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
      // Takes no snapshot, so a rewrite is either over before it or waits for its end. In the order
      // in which rewrites lock.
      statement.execute(
          """
          LOCK TABLE purchase_pending, purchaser_rebuild, purchase, purchase_void,
              purchase_history, basket_history, sales_series IN ACCESS SHARE MODE
          """);
    }
  }
}
