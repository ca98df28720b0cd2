package org.tallykeep.keyvault.revocation;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.keyvault.revocation.LedgerRepository.Place;

/** Rows of {@code ledger_override}. */
@Singleton
final class OverrideRepository {

  /** What an officer asked for, until another asks for the same. */
  record Asked(UUID id, LostEntries lost, String officer, Instant at) {}

  /** Nobody else reads or asks until the transaction is over. */
  void lock(Connection connection) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("LOCK TABLE ledger_override IN EXCLUSIVE MODE")) {
      lock.execute();
    }
  }

  void insert(Connection connection, Asked asked, String reason) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO ledger_override
              (id, position, head, remembered_position, remembered_head, reason, asked_by, asked_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """)) {
      insert.setObject(1, asked.id());
      insert.setLong(2, asked.lost().left().position());
      insert.setBytes(3, asked.lost().left().head());
      insert.setLong(4, asked.lost().remembered().position());
      insert.setBytes(5, asked.lost().remembered().head());
      insert.setString(6, reason);
      insert.setString(7, asked.officer());
      insert.setObject(8, OffsetDateTime.ofInstant(asked.at(), ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }

  /** The newest after a moment that nobody has accepted. */
  Optional<Asked> waiting(Connection connection, Instant after) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT id, position, head, remembered_position, remembered_head, asked_by, asked_at
            FROM ledger_override WHERE accepted_by IS NULL AND asked_at > ?
            ORDER BY asked_at DESC, id LIMIT 1
            """)) {
      select.setObject(1, OffsetDateTime.ofInstant(after, ZoneOffset.UTC));
      try (ResultSet found = select.executeQuery()) {
        return found.next()
            ? Optional.of(
                new Asked(
                    found.getObject(1, UUID.class),
                    new LostEntries(
                        new Place(found.getLong(2), found.getBytes(3)),
                        new Place(found.getLong(4), found.getBytes(5))),
                    found.getString(6),
                    found.getObject(7, OffsetDateTime.class).toInstant()))
            : Optional.empty();
      }
    }
  }

  /** Forgets what a person asked for and nobody has agreed to. */
  void forgetOf(Connection connection, String officer) throws SQLException {
    lock(connection);
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM ledger_override WHERE asked_by = ? AND accepted_by IS NULL")) {
      delete.setString(1, officer);
      delete.executeUpdate();
    }
  }

  /** With the signed note of it. */
  boolean accept(Connection connection, UUID id, String officer, String signed)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE ledger_override SET accepted_by = ?, signed = ? WHERE id = ?")) {
      update.setString(1, officer);
      update.setString(2, signed);
      update.setObject(3, id);
      return update.executeUpdate() == 1;
    }
  }
}
