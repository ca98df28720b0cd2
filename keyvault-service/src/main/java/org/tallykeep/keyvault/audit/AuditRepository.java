package org.tallykeep.keyvault.audit;

import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.tallykeep.keyvault.platform.Database;

/** Rows of {@code audit_entry}: added and read, never changed. */
@Singleton
final class AuditRepository {

  private static final int FETCH = 500;

  private final Database database;

  AuditRepository(Database database) {
    this.database = database;
  }

  /** All of them or none. */
  void append(List<AuditRow> rows) {
    database.statement(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  """
                  INSERT INTO audit_entry (lane, sequence, previous, hash, body)
                  SELECT * FROM unnest(?::uuid[], ?::bigint[], ?::bytea[], ?::bytea[], ?::bytea[])
                  """)) {
            insert.setArray(
                1, connection.createArrayOf("uuid", rows.stream().map(AuditRow::lane).toArray()));
            insert.setArray(
                2,
                connection.createArrayOf(
                    "bigint", rows.stream().map(AuditRow::sequence).toArray()));
            insert.setArray(
                3,
                connection.createArrayOf(
                    "bytea", rows.stream().map(AuditRow::previous).toArray(byte[][]::new)));
            insert.setArray(
                4,
                connection.createArrayOf(
                    "bytea", rows.stream().map(AuditRow::hash).toArray(byte[][]::new)));
            insert.setArray(
                5,
                connection.createArrayOf(
                    "bytea", rows.stream().map(AuditRow::body).toArray(byte[][]::new)));
            return insert.executeUpdate();
          }
        });
  }

  /** Every row, lane by lane in the order of the chain, without holding them all. */
  void forEach(Consumer<AuditRow> reader) {
    database.transaction(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  """
                  SELECT lane, sequence, previous, hash, body FROM audit_entry
                  ORDER BY lane, sequence
                  """)) {
            select.setFetchSize(FETCH);
            long count = 0;
            try (ResultSet found = select.executeQuery()) {
              while (found.next()) {
                reader.accept(
                    new AuditRow(
                        found.getObject(1, UUID.class),
                        found.getLong(2),
                        found.getBytes(3),
                        found.getBytes(4),
                        found.getBytes(5)));
                count++;
              }
            }
            return count;
          }
        });
  }
}
