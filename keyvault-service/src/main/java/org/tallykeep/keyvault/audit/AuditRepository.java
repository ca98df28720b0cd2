package org.tallykeep.keyvault.audit;

import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.tallykeep.evidence.AuditEntry;
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
  void append(List<AuditEntry> rows) {
    database.statement(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  """
                  INSERT INTO audit_entry (lane, sequence, previous, hash, body)
                  SELECT * FROM unnest(?::uuid[], ?::bigint[], ?::bytea[], ?::bytea[], ?::bytea[])
                  """)) {
            insert.setArray(
                1, connection.createArrayOf("uuid", rows.stream().map(AuditEntry::lane).toArray()));
            insert.setArray(
                2,
                connection.createArrayOf(
                    "bigint", rows.stream().map(AuditEntry::sequence).toArray()));
            insert.setArray(
                3,
                connection.createArrayOf(
                    "bytea", rows.stream().map(AuditEntry::previous).toArray(byte[][]::new)));
            insert.setArray(
                4,
                connection.createArrayOf(
                    "bytea", rows.stream().map(AuditEntry::hash).toArray(byte[][]::new)));
            insert.setArray(
                5,
                connection.createArrayOf(
                    "bytea", rows.stream().map(AuditEntry::body).toArray(byte[][]::new)));
            return insert.executeUpdate();
          }
        });
  }

  /** Every row, lane by lane in the order of the chain, without holding them all. */
  void forEach(Consumer<AuditEntry> reader) {
    database.run(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  """
                  SELECT lane, sequence, previous, hash, body FROM audit_entry
                  ORDER BY lane, sequence
                  """)) {
            read(select, reader);
          }
        });
  }

  /** The rows of a lane from a sequence on, in order, while the reader wants more. */
  void forEach(UUID lane, long from, Predicate<AuditEntry> reader) {
    database.run(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  """
                  SELECT lane, sequence, previous, hash, body FROM audit_entry
                  WHERE lane = ? AND sequence >= ? ORDER BY sequence
                  """)) {
            select.setObject(1, lane);
            select.setLong(2, from);
            select.setFetchSize(FETCH);
            try (ResultSet found = select.executeQuery()) {
              while (found.next() && reader.test(row(found))) {
                // The reader has it.
              }
            }
          }
        });
  }

  /** One row, if it is there. */
  Optional<AuditEntry> find(UUID lane, long sequence) {
    return database.statement(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  """
                  SELECT lane, sequence, previous, hash, body FROM audit_entry
                  WHERE lane = ? AND sequence = ?
                  """)) {
            select.setObject(1, lane);
            select.setLong(2, sequence);
            List<AuditEntry> found = new ArrayList<>();
            read(select, found::add);
            return found.stream().findFirst();
          }
        });
  }

  /** All lanes, with their newest sequence. */
  Map<UUID, Long> lanes() {
    return database.statement(
        connection -> {
          // Walks from lane to lane through the index instead of reading it all.
          try (PreparedStatement select =
                  connection.prepareStatement(
                      """
                      WITH RECURSIVE lane AS (
                        (SELECT lane AS id FROM audit_entry ORDER BY lane LIMIT 1)
                        UNION ALL
                        SELECT (SELECT lane FROM audit_entry WHERE lane > id
                                ORDER BY lane LIMIT 1)
                        FROM lane WHERE id IS NOT NULL)
                      SELECT id, (SELECT max(sequence) FROM audit_entry WHERE lane = id)
                      FROM lane WHERE id IS NOT NULL
                      """);
              ResultSet found = select.executeQuery()) {
            Map<UUID, Long> lanes = new TreeMap<>();
            while (found.next()) {
              lanes.put(found.getObject(1, UUID.class), found.getLong(2));
            }
            return lanes;
          }
        });
  }

  private static void read(PreparedStatement select, Consumer<AuditEntry> reader)
      throws SQLException {
    select.setFetchSize(FETCH);
    try (ResultSet found = select.executeQuery()) {
      while (found.next()) {
        reader.accept(row(found));
      }
    }
  }

  private static AuditEntry row(ResultSet found) throws SQLException {
    return new AuditEntry(
        found.getObject(1, UUID.class),
        found.getLong(2),
        found.getBytes(3),
        found.getBytes(4),
        found.getBytes(5));
  }
}
