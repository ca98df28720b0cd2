package org.tallykeep.keyvault.event;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.tallykeep.keyvault.platform.Database;

/**
 * Who listens, at any replica, and how far each has acted on what it heard. One whose connection
 * broke counts no longer after a while: it heard nothing and has emptied its cache.
 */
@Singleton
public final class Listeners {

  /** Longer than the second after which a listener that hears nothing keeps nothing. */
  private static final Duration GONE_AFTER = Duration.ofSeconds(3);

  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Database database;
  private final KeyEvents events;
  private final Set<UUID> here = ConcurrentHashMap.newKeySet();

  Listeners(Database database, KeyEvents events) {
    this.database = database;
    this.events = events;
  }

  /** Somebody listens here; what happened before they need not say that they heard. */
  UUID begin() {
    UUID id = UUID.randomUUID();
    long position = events.last();
    database.statement(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  """
                  INSERT INTO event_listener (id, heard, seen_at) VALUES (?, ?, clock_timestamp())
                  """)) {
            insert.setObject(1, id);
            insert.setLong(2, position);
            return insert.executeUpdate();
          }
        });
    here.add(id);
    return id;
  }

  void end(UUID id) {
    here.remove(id);
  }

  /** A listener has acted on everything up to a position. */
  void acknowledge(UUID id, long position) {
    database.statement(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE event_listener SET heard = greatest(heard, ?) WHERE id = ?")) {
            update.setLong(1, position);
            update.setObject(2, id);
            return update.executeUpdate();
          }
        });
  }

  /** Those that are here still are; those that have been gone for long are forgotten. */
  @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void see() {
    database.statement(
        connection -> {
          try (PreparedStatement update =
                  connection.prepareStatement(
                      "UPDATE event_listener SET seen_at = clock_timestamp() WHERE id = ANY (?)");
              PreparedStatement delete =
                  connection.prepareStatement(
                      """
                      DELETE FROM event_listener
                      WHERE seen_at < clock_timestamp() - interval '1 hour'
                      """)) {
            update.setArray(1, connection.createArrayOf("uuid", here.toArray()));
            delete.executeUpdate();
            return update.executeUpdate();
          }
        });
  }

  /**
   * Waits until all listeners have acted on an event.
   *
   * @param longest after so long what they keep is too old to be used
   * @return whether all have said so
   */
  public boolean awaitAll(long position, Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    while (database.statement(connection -> isAwaited(connection, position))) {
      if (System.nanoTime() - end >= 0 || !paused()) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAwaited(Connection connection, long position) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT exists (SELECT 1 FROM event_listener
              WHERE heard < ?
                AND seen_at > clock_timestamp() - ? * interval '1 millisecond')
            """)) {
      select.setLong(1, position);
      select.setLong(2, GONE_AFTER.toMillis());
      try (ResultSet found = select.executeQuery()) {
        found.next();
        return found.getBoolean(1);
      }
    }
  }

  private static boolean paused() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
