package org.tallykeep.customer.erasure;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.tallykeep.customer.maintenance.Rewritable;
import org.tallykeep.customer.maintenance.ShuffledTable;

/** Records and marks, so that their order is not that in which pseudonyms were closed. */
@Singleton
final class ErasureTables implements Rewritable {

  private static final List<ShuffledTable> TABLES =
      List.of(new ShuffledTable("erasure", "id"), new ShuffledTable("suppression", "mark"));

  @Override
  public String name() {
    return "erasures";
  }

  @Override
  public long rewrite(Connection connection) throws SQLException {
    return ShuffledTable.rewriteAll(connection, TABLES);
  }
}
