package org.tallykeep.customer.maintenance;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A table and the random column that gives its rows a new order.
 *
 * @param name of the table; part of a statement, so never from outside
 * @param orderBy a column of random values, such as a UUIDv4 or a tag, or what is made of some
 */
public record ShuffledTable(String name, String orderBy) {

  /**
   * Writes the tables anew, all within the connection's transaction. Tables that refer to each
   * other belong into one call, because they are emptied by one statement.
   *
   * @return how many rows were written
   */
  public static long rewriteAll(Connection connection, List<ShuffledTable> tables)
      throws SQLException {
    String names = String.join(", ", tables.stream().map(ShuffledTable::name).toList());
    long rows = 0;
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE " + names + " IN ACCESS EXCLUSIVE MODE");
      for (ShuffledTable table : tables) {
        statement.execute(
            "CREATE TEMPORARY TABLE %s ON COMMIT DROP AS SELECT * FROM %s"
                .formatted(table.copy(), table.name));
      }
      // New files: what stood in the old ones, dead rows too, is unlinked with them.
      statement.execute("TRUNCATE " + names);
      for (ShuffledTable table : tables) {
        rows +=
            statement.executeLargeUpdate(
                "INSERT INTO %s SELECT * FROM %s ORDER BY %s"
                    .formatted(table.name, table.copy(), table.orderBy));
      }
    }
    return rows;
  }

  private String copy() {
    return "shuffled_" + name;
  }
}
