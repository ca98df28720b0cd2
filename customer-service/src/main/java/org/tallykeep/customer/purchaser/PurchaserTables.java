package org.tallykeep.customer.purchaser;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.tallykeep.customer.maintenance.Rewritable;
import org.tallykeep.customer.maintenance.ShuffledTable;

/** The purchaser side. */
@Singleton
final class PurchaserTables implements Rewritable {

  private static final List<ShuffledTable> TABLES =
      List.of(
          new ShuffledTable("purchaser", "id"),
          new ShuffledTable("purchaser_free", "id"),
          new ShuffledTable("purchaser_gone", "id"),
          new ShuffledTable("purchaser_external_id", "coalesce(tag_a, tag_b)"),
          new ShuffledTable("purchaser_renewal", "old_id"));

  @Override
  public String name() {
    return "purchasers";
  }

  @Override
  public long rewrite(Connection connection) throws SQLException {
    return ShuffledTable.rewriteAll(connection, TABLES);
  }
}
