package org.tallykeep.keyvault.containment;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Rows of {@code containment}. */
@Singleton
final class ContainmentRepository {

  /** Under it one replica at a time goes on with containments. */
  private static final long LOCK = 0x7461_6c6c_7900_0006L;

  private static final String SELECT =
      """
      SELECT incident, state, step, datasets, done, total, audit_faults, asked_by, started_at,
        finished_at, given_up
      FROM containment
      """;

  boolean tryLock(Connection connection) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT pg_try_advisory_xact_lock(?)")) {
      lock.setLong(1, LOCK);
      try (ResultSet locked = lock.executeQuery()) {
        locked.next();
        return locked.getBoolean(1);
      }
    }
  }

  /** Unless there is one. */
  void insert(Connection connection, Containment containment) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO containment
              (state, step, datasets, done, total, audit_faults, finished_at, asked_by, started_at,
               incident)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (incident) DO NOTHING
            """)) {
      set(insert, containment);
      insert.setString(8, containment.askedBy());
      insert.setObject(9, OffsetDateTime.ofInstant(containment.startedAt(), ZoneOffset.UTC));
      insert.setObject(10, containment.incident());
      insert.executeUpdate();
    }
  }

  void save(Connection connection, Containment containment) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE containment
            SET state = ?, step = ?, datasets = ?, done = ?, total = ?, audit_faults = ?,
              finished_at = ?
            WHERE incident = ?
            """)) {
      set(update, containment);
      update.setObject(8, containment.incident());
      update.executeUpdate();
    }
  }

  private static void set(PreparedStatement statement, Containment containment)
      throws SQLException {
    statement.setString(1, containment.state().label());
    statement.setString(2, containment.step().label());
    statement.setArray(
        3, statement.getConnection().createArrayOf("text", containment.datasets().toArray()));
    statement.setLong(4, containment.done());
    statement.setLong(5, containment.total());
    statement.setObject(6, containment.auditFaults().orElse(null));
    statement.setObject(
        7,
        containment
            .finishedAt()
            .map(at -> OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
            .orElse(null));
  }

  /** Of those that wait, which wait for the same keys. */
  void progress(Connection connection, long open) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE containment SET total = greatest(total, ?), done = greatest(total, ?) - ?
            WHERE state = 'waiting'
            """)) {
      update.setLong(1, open);
      update.setLong(2, open);
      update.setLong(3, open);
      update.executeUpdate();
    }
  }

  /** So many of the keys that all wait for were given up. */
  void noteGivenUp(Connection connection, int keys) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE containment SET given_up = given_up + ? WHERE state <> 'done'")) {
      update.setInt(1, keys);
      update.executeUpdate();
    }
  }

  Optional<Containment> find(Connection connection, UUID incident) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + "WHERE incident = ?")) {
      select.setObject(1, incident);
      return read(select);
    }
  }

  /** One that has something to do; one that waits only when no other has. */
  Optional<Containment> next(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            SELECT + "WHERE state <> 'done' ORDER BY state = 'waiting', started_at LIMIT 1")) {
      return read(select);
    }
  }

  private static Optional<Containment> read(PreparedStatement select) throws SQLException {
    try (ResultSet found = select.executeQuery()) {
      if (!found.next()) {
        return Optional.empty();
      }
      return Optional.of(
          new Containment(
              found.getObject(1, UUID.class),
              Containment.State.valueOf(found.getString(2).toUpperCase(Locale.ROOT)),
              Containment.Step.valueOf(found.getString(3).toUpperCase(Locale.ROOT)),
              List.of((String[]) found.getArray(4).getArray()),
              found.getLong(5),
              found.getLong(6),
              Optional.ofNullable(found.getObject(7, Long.class)),
              found.getString(8),
              found.getObject(9, OffsetDateTime.class).toInstant(),
              Optional.ofNullable(found.getObject(10, OffsetDateTime.class))
                  .map(OffsetDateTime::toInstant),
              found.getLong(11)));
    }
  }
}
