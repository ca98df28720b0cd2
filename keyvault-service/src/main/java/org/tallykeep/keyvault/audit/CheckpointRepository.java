package org.tallykeep.keyvault.audit;

import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.HashMap;
import java.util.Map;
import org.tallykeep.keyvault.platform.Database;

/**
 * Rows of {@code audit_checkpoint}: copies of what is in the log outside, so that a long trail is
 * verified without asking for each.
 */
@Singleton
final class CheckpointRepository {

  private final Database database;

  CheckpointRepository(Database database) {
    this.database = database;
  }

  void insert(long number, String signed) {
    database.statement(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  """
                  INSERT INTO audit_checkpoint (number, signed) VALUES (?, ?)
                  ON CONFLICT (number) DO NOTHING
                  """)) {
            insert.setLong(1, number);
            insert.setString(2, signed);
            return insert.executeUpdate();
          }
        });
  }

  /** Those from a number to another, both included, as far as there are copies. */
  Map<Long, String> range(long from, long to) {
    return database.statement(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT number, signed FROM audit_checkpoint WHERE number BETWEEN ? AND ?")) {
            select.setLong(1, from);
            select.setLong(2, to);
            Map<Long, String> found = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                found.put(rows.getLong(1), rows.getString(2));
              }
            }
            return found;
          }
        });
  }
}
