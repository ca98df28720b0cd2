package org.tallykeep.customer.ledger;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.tallykeep.customer.maintenance.Rewritable;
import org.tallykeep.customer.maintenance.ShuffledTable;

/** Closed partitions, the index of events and what still waits, in the order of random ids. */
@Singleton
final class LedgerRewrite implements Rewritable {

  @Override
  public String name() {
    return "ledger";
  }

  @Override
  public long rewrite(Connection connection) throws SQLException {
    Partitions.lockOutWriters(connection);
    List<ShuffledTable> tables = new ArrayList<>();
    // The queue comes first: aggregators lock it before they read purchases.
    tables.add(new ShuffledTable("purchase_pending", "purchase_id"));
    tables.add(new ShuffledTable("purchaser_rebuild", "purchaser_id"));
    for (int partition : Partitions.closed(connection)) {
      tables.add(new ShuffledTable(Partitions.table(partition), "id"));
    }
    tables.add(new ShuffledTable(LedgerEvents.INDEX, "coalesce(tag_a, tag_b)"));
    tables.add(new ShuffledTable(LedgerEvents.CORRECTIONS, "coalesce(tag_a, tag_b)"));
    tables.add(new ShuffledTable("purchase_void", "purchase_id"));
    return ShuffledTable.rewriteAll(connection, tables);
  }
}
