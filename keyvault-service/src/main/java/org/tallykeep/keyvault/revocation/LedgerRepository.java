package org.tallykeep.keyvault.revocation;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Predicate;
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

  /**
   * How far the ledger had come.
   *
   * @param override the hash of the newest override up to there
   */
  record Memory(Place place, Optional<byte[]> override) {

    static Memory of(LedgerHead head) {
      return new Memory(
          Place.of(head), Optional.ofNullable(head.override()).map(HexFormat.of()::parseHex));
    }
  }

  Optional<Memory> remembered() {
    return database.statement(connection -> read(connection, ""));
  }

  private static Optional<Memory> read(Connection connection, String locking) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT position, head, override FROM ledger_memory " + locking);
        ResultSet found = select.executeQuery()) {
      return found.next()
          ? Optional.of(
              new Memory(
                  new Place(found.getLong(1), found.getBytes(2)),
                  Optional.ofNullable(found.getBytes(3))))
          : Optional.empty();
    }
  }

  /**
   * Never goes back, but from what is lost.
   *
   * @param isLost whether officers gave up what is remembered so far
   */
  void remember(Connection connection, Memory memory, Predicate<Place> isLost) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO ledger_memory (position, head, override) VALUES (?, ?, ?)
            ON CONFLICT (only_one) DO NOTHING
            """)) {
      set(insert, memory);
      insert.executeUpdate();
    }
    Place known = read(connection, "FOR UPDATE").orElseThrow().place();
    // At the same place there may be more to know: older versions kept no overrides.
    boolean same =
        known.position() == memory.place().position()
            && Arrays.equals(known.head(), memory.place().head());
    if (same || known.position() < memory.place().position() || isLost.test(known)) {
      replace(connection, memory);
    }
  }

  private static void replace(Connection connection, Memory memory) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE ledger_memory SET position = ?, head = ?, override = ?")) {
      set(update, memory);
      update.executeUpdate();
    }
  }

  private static void set(PreparedStatement statement, Memory memory) throws SQLException {
    statement.setLong(1, memory.place().position());
    statement.setBytes(2, memory.place().head());
    statement.setBytes(3, memory.override().orElse(null));
  }

  /**
   * To what two officers take the ledger for, which is less.
   *
   * @param inTheSame done in the same transaction
   */
  boolean setBack(Memory memory, Database.Work<Boolean> inTheSame) {
    return database.transaction(
        connection -> {
          replace(connection, memory);
          return inTheSame.on(connection);
        });
  }
}
