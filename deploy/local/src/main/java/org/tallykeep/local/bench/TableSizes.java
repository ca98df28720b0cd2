package org.tallykeep.local.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.tallykeep.local.CommandFailure;
import org.tallykeep.local.parts.Database;

/** How large tables are, with their indexes and what is stored out of line. */
record TableSizes(Database database) {

  /** The bytes of all tables of these names together. */
  double of(String names) {
    try (Connection connection =
            DriverManager.getConnection(
                database.jdbcUrl(), database.username(), database.password());
        PreparedStatement sum =
            connection.prepareStatement(
                """
                SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class
                WHERE relkind = 'r' AND relname LIKE ?
                """)) {
      sum.setString(1, names);
      try (ResultSet row = sum.executeQuery()) {
        row.next();
        return row.getDouble(1);
      }
    } catch (SQLException e) {
      throw new CommandFailure("the database does not tell its size: " + e.getMessage(), e);
    }
  }
}
