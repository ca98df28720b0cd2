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
import java.util.List;
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

  /** How many were in force and are not any more. */
  int lift(Connection connection, UUID incident, String by, Instant at) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE principal_freeze SET lifted_at = ?, lifted_by = ?
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
        freezes.add(
            new Freeze(
                found.getObject(1, UUID.class),
                found.getObject(2, UUID.class),
                Principal.of(found.getString(3), found.getString(4)),
                Set.of((String[]) found.getArray(5).getArray()),
                found.getObject(6, OffsetDateTime.class).toInstant()));
      }
    }
    return freezes;
  }
}
