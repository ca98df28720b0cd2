package org.tallykeep.keyvault.revocation;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import org.tallykeep.evidence.LedgerHead;
import org.tallykeep.keyvault.platform.Database;

/** The row of {@code ledger_memory}: how far the ledger had come when this database last saw it. */
@Singleton
final class LedgerRepository {

  private final Database database;

  LedgerRepository(Database database) {
    this.database = database;
  }

  /** An entry's number with its hash. */
  record Place(long position, byte[] head) {

    static Place of(LedgerHead head) {
      return new Place(head.position(), HexFormat.of().parseHex(head.hash()));
    }
  }

  Optional<Place> remembered() {
    return database.statement(
        connection -> {
          try (PreparedStatement select =
                  connection.prepareStatement("SELECT position, head FROM ledger_memory");
              ResultSet found = select.executeQuery()) {
            return found.next()
                ? Optional.of(new Place(found.getLong(1), found.getBytes(2)))
                : Optional.empty();
          }
        });
  }

  /** Never goes back. */
  void remember(Connection connection, Place place) throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            """
            INSERT INTO ledger_memory AS known (position, head) VALUES (?, ?)
            ON CONFLICT (only_one) DO UPDATE
            SET position = excluded.position, head = excluded.head
            WHERE known.position < excluded.position
            """)) {
      upsert.setLong(1, place.position());
      upsert.setBytes(2, place.head());
      upsert.executeUpdate();
    }
  }

  /**
   * To what two officers take the ledger for, which is less.
   *
   * @param inTheSame done in the same transaction
   */
  boolean setBack(Place place, Database.Work<Boolean> inTheSame) {
    return database.transaction(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement("UPDATE ledger_memory SET position = ?, head = ?")) {
            update.setLong(1, place.position());
            update.setBytes(2, place.head());
            update.executeUpdate();
          }
          return inTheSame.on(connection);
        });
  }
}
