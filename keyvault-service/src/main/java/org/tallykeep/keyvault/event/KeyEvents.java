package org.tallykeep.keyvault.event;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.tallykeep.keyvault.platform.Database;

/** Rows of {@code key_event}. */
@Singleton
public final class KeyEvents {

  /** Under it positions are given out, so that their order is the order of commits. */
  private static final long ORDER_LOCK = 0x7461_6c6c_7900_0002L;

  private final Database database;

  KeyEvents(Database database) {
    this.database = database;
  }

  /** Tells everybody once the transaction commits; returns the event's position. */
  public long append(Connection connection, KeyEvent.Kind kind, String scope) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
      lock.setLong(1, ORDER_LOCK);
      lock.execute();
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO key_event (position, kind, scope, at)
            SELECT coalesce(max(position), 0) + 1, ?, ?, clock_timestamp() FROM key_event
            RETURNING position
            """)) {
      insert.setString(1, kind.label());
      insert.setString(2, scope);
      try (ResultSet inserted = insert.executeQuery()) {
        inserted.next();
        return inserted.getLong(1);
      }
    }
  }

  /** The events after a position, in order. */
  List<KeyEvent> after(long position) {
    return database.statement(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  """
                  SELECT position, kind, scope, at FROM key_event
                  WHERE position > ? ORDER BY position
                  """)) {
            select.setLong(1, position);
            List<KeyEvent> events = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
              while (found.next()) {
                events.add(
                    new KeyEvent(
                        found.getLong(1),
                        KeyEvent.Kind.of(found.getString(2)),
                        found.getString(3),
                        found.getObject(4, OffsetDateTime.class).toInstant()));
              }
            }
            return events;
          }
        });
  }

  /** The newest position; 0 when nothing has happened yet. */
  long last() {
    return database.statement(
        connection -> {
          try (PreparedStatement select =
                  connection.prepareStatement("SELECT coalesce(max(position), 0) FROM key_event");
              ResultSet found = select.executeQuery()) {
            found.next();
            return found.getLong(1);
          }
        });
  }
}
