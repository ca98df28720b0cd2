package org.tallykeep.keyvault.freeze;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Rows of {@code principal_freeze}. */
@Singleton
final class FreezeRepository {

  private static final String COLUMNS = "id, incident, principal, name, purposes, since";

  void insert(Connection connection, Freeze freeze) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO principal_freeze (%s) VALUES (?, ?, ?, ?, ?, ?)".formatted(COLUMNS))) {
      insert.setObject(1, freeze.id());
      insert.setObject(2, freeze.incident());
      insert.setString(3, freeze.principal().sort());
      insert.setString(4, freeze.principal().name());
      insert.setArray(5, connection.createArrayOf("text", freeze.purposes().toArray()));
      insert.setObject(6, OffsetDateTime.ofInstant(freeze.since(), ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }

  /** One that the ledger knows already; false when it is there. */
  boolean putBack(Connection connection, Freeze freeze) throws SQLException {
    if (states(connection).containsKey(freeze.id())) {
      return false;
    }
    insert(connection, freeze);
    setInLedger(connection, freeze.id(), false);
    return true;
  }

  /** Lifts one that the ledger knows to be over. */
  int liftAsTheLedgerSays(Connection connection, UUID id, Instant at) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE principal_freeze SET lifted_at = ?, lifted_by = 'ledger', not_in_ledger = false
            WHERE id = ? AND lifted_at IS NULL
            """)) {
      update.setObject(1, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
      update.setObject(2, id);
      return update.executeUpdate();
    }
  }

  /**
   * The oldest of which the ledger does not say yet how they stand, and whether they are lifted.
   */
  Map<Freeze, Boolean> notInLedger(Connection connection, int limit) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT %s, lifted_at IS NOT NULL FROM principal_freeze
            WHERE not_in_ledger ORDER BY since, id LIMIT ?
            """
                .formatted(COLUMNS))) {
      select.setInt(1, limit);
      Map<Freeze, Boolean> found = new LinkedHashMap<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.put(read(rows), rows.getBoolean(7));
        }
      }
      return found;
    }
  }

  /** The ledger says how it stands, unless it was lifted meanwhile. */
  void setInLedger(Connection connection, UUID id, boolean lifted) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE principal_freeze SET not_in_ledger = false
            WHERE id = ? AND (lifted_at IS NOT NULL) = ?
            """)) {
      update.setObject(1, id);
      update.setBoolean(2, lifted);
      update.executeUpdate();
    }
  }

  /** The ledger does not say how these stand. */
  void setNotInLedger(Connection connection, Collection<UUID> ids) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE principal_freeze SET not_in_ledger = true WHERE id = ANY (?)")) {
      update.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
      update.executeUpdate();
    }
  }

  /** All there ever were, and whether they are lifted. */
  Map<UUID, Boolean> states(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT id, lifted_at IS NOT NULL FROM principal_freeze");
        ResultSet found = select.executeQuery()) {
      Map<UUID, Boolean> states = new HashMap<>();
      while (found.next()) {
        states.put(found.getObject(1, UUID.class), found.getBoolean(2));
      }
      return states;
    }
  }

  /** How many were in force and are not any more. */
  int lift(Connection connection, UUID incident, String by, Instant at) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE principal_freeze SET lifted_at = ?, lifted_by = ?, not_in_ledger = true
            WHERE incident = ? AND lifted_at IS NULL
            """)) {
      update.setObject(1, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
      update.setString(2, by);
      update.setObject(3, incident);
      return update.executeUpdate();
    }
  }

  List<Freeze> inForce(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT %s FROM principal_freeze WHERE lifted_at IS NULL".formatted(COLUMNS))) {
      return read(select);
    }
  }

  /** Those of a person or a client, and of everyone. */
  List<Freeze> inForce(Connection connection, Wish wish) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT %s FROM principal_freeze
            WHERE lifted_at IS NULL
              AND ((principal = 'person' AND name = ?) OR (principal = 'credential' AND name = ?)
                OR principal = 'everyone')
            """
                .formatted(COLUMNS))) {
      select.setString(1, wish.person().orElse(""));
      select.setString(2, wish.client());
      return read(select);
    }
  }

  private static List<Freeze> read(PreparedStatement select) throws SQLException {
    List<Freeze> freezes = new ArrayList<>();
    try (ResultSet found = select.executeQuery()) {
      while (found.next()) {
        freezes.add(read(found));
      }
    }
    return freezes;
  }

  private static Freeze read(ResultSet found) throws SQLException {
    return new Freeze(
        found.getObject(1, UUID.class),
        found.getObject(2, UUID.class),
        Principal.of(found.getString(3), found.getString(4)),
        Set.of((String[]) found.getArray(5).getArray()),
        found.getObject(6, OffsetDateTime.class).toInstant());
  }
}
