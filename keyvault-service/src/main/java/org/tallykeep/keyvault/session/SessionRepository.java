package org.tallykeep.keyvault.session;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Rows of {@code session_to_end}. */
@Singleton
final class SessionRepository {

  /** Somebody whose sessions are to be ended now. */
  record Due(UUID incident, String person) {
    /** Without the person: they stay out of logs. */
    @Override
    public String toString() {
      return "Due[" + incident + "]";
    }
  }

  void insert(Connection connection, UUID incident, String person) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO session_to_end (incident, person, next_attempt)
            VALUES (?, ?, clock_timestamp())
            ON CONFLICT (incident) DO UPDATE
            SET attempts = 0, next_attempt = excluded.next_attempt, ended_at = NULL
            """)) {
      insert.setObject(1, incident);
      insert.setString(2, person);
      insert.executeUpdate();
    }
  }

  /**
   * The next one, which nobody else tries for a while. Some are out of reach: after an hour those
   * of closed incidents are let be.
   */
  Optional<Due> takeDue(Connection connection, Duration lease) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE session_to_end
            SET next_attempt = clock_timestamp() + ? * interval '1 millisecond'
            WHERE incident = (
              SELECT s.incident FROM session_to_end s JOIN incident i ON i.id = s.incident
              WHERE s.ended_at IS NULL AND s.next_attempt <= clock_timestamp()
                AND (s.attempts < 60 OR i.state <> 'closed')
              ORDER BY s.next_attempt LIMIT 1 FOR UPDATE OF s SKIP LOCKED)
            RETURNING incident, person
            """)) {
      update.setLong(1, lease.toMillis());
      try (ResultSet found = update.executeQuery()) {
        return found.next()
            ? Optional.of(new Due(found.getObject(1, UUID.class), found.getString(2)))
            : Optional.empty();
      }
    }
  }

  void done(Connection connection, UUID incident) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE session_to_end SET ended_at = clock_timestamp(), attempts = attempts + 1
            WHERE incident = ?
            """)) {
      update.setObject(1, incident);
      update.executeUpdate();
    }
  }

  /** The pause doubles with each attempt. */
  void postpone(Connection connection, UUID incident, Duration first, Duration longest)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE session_to_end SET attempts = attempts + 1,
              next_attempt = clock_timestamp()
                + least(? * power(2, least(attempts, 20)), ?) * interval '1 millisecond'
            WHERE incident = ?
            """)) {
      update.setLong(1, first.toMillis());
      update.setLong(2, longest.toMillis());
      update.setObject(3, incident);
      update.executeUpdate();
    }
  }
}
