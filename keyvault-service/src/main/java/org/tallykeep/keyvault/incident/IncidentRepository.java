package org.tallykeep.keyvault.incident;

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
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.keyvault.freeze.Principal;

/** Rows of {@code incident}. */
@Singleton
final class IncidentRepository {

  private static final String COLUMNS =
      "id, cause, opened_at, opened_by, principal, name, purposes, since, until, note, state";

  void insert(Connection connection, Incident incident) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO incident (%s) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                .formatted(COLUMNS))) {
      insert.setObject(1, incident.id());
      insert.setString(2, incident.cause().label());
      insert.setObject(3, utc(incident.openedAt()));
      insert.setString(4, incident.openedBy());
      insert.setString(5, incident.principal().sort());
      insert.setString(6, incident.principal().name());
      insert.setArray(7, connection.createArrayOf("text", incident.purposes().toArray()));
      insert.setObject(8, incident.since().map(IncidentRepository::utc).orElse(null));
      insert.setObject(9, incident.until().map(IncidentRepository::utc).orElse(null));
      insert.setString(10, incident.note());
      insert.setString(11, incident.state().label());
      insert.executeUpdate();
    }
  }

  Optional<Incident> find(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT %s FROM incident WHERE id = ?".formatted(COLUMNS))) {
      select.setObject(1, id);
      return read(select).stream().findFirst();
    }
  }

  /** The newest first. */
  List<Incident> newest(Connection connection, int limit) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT %s FROM incident ORDER BY opened_at DESC, id LIMIT ?".formatted(COLUMNS))) {
      select.setInt(1, limit);
      return read(select);
    }
  }

  /** Unless it is closed, which it stays. */
  void setState(Connection connection, UUID id, Incident.State state) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE incident SET state = ? WHERE id = ? AND state <> ?")) {
      update.setString(1, state.label());
      update.setObject(2, id);
      update.setString(3, Incident.State.CLOSED.label());
      update.executeUpdate();
    }
  }

  private static List<Incident> read(PreparedStatement select) throws SQLException {
    List<Incident> incidents = new ArrayList<>();
    try (ResultSet found = select.executeQuery()) {
      while (found.next()) {
        incidents.add(
            new Incident(
                found.getObject(1, UUID.class),
                Incident.Cause.valueOf(found.getString(2).toUpperCase(Locale.ROOT)),
                found.getObject(3, OffsetDateTime.class).toInstant(),
                found.getString(4),
                Principal.of(found.getString(5), found.getString(6)),
                Set.of((String[]) found.getArray(7).getArray()),
                instant(found.getObject(8, OffsetDateTime.class)),
                instant(found.getObject(9, OffsetDateTime.class)),
                found.getString(10),
                Incident.State.of(found.getString(11))));
      }
    }
    return incidents;
  }

  private static Optional<Instant> instant(@Nullable OffsetDateTime at) {
    return Optional.ofNullable(at).map(OffsetDateTime::toInstant);
  }

  private static OffsetDateTime utc(Instant at) {
    return OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
  }
}
