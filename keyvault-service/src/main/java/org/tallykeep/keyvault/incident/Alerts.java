package org.tallykeep.keyvault.incident;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.tallykeep.keyvault.platform.Database;

/**
 * Alerts on their way out: kept with the incident, tried until somebody has taken them, by one
 * replica at a time.
 */
@Singleton
final class Alerts {

  private static final Logger LOG = Logger.getLogger(Alerts.class);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private final Database database;
  private final IncidentRepository incidents;
  private final Webhook webhook;
  private final AlertConfig config;

  Alerts(Database database, IncidentRepository incidents, Webhook webhook, AlertConfig config) {
    this.database = database;
    this.incidents = incidents;
    this.webhook = webhook;
    this.config = config;
  }

  void enqueue(Connection connection, Incident incident) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO alert (incident, next_attempt) VALUES (?, clock_timestamp())")) {
      insert.setObject(1, incident.id());
      insert.executeUpdate();
    }
  }

  @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void deliver() {
    if (config.webhook().isEmpty()) {
      return;
    }
    while (deliverOne()) {
      // Until none is due.
    }
  }

  /** The receiver is called outside of any transaction: one that is slow holds no connection. */
  private boolean deliverOne() {
    Optional<Incident> due = database.transaction(this::takeDue);
    due.ifPresent(
        incident -> {
          boolean taken = webhook.send(incident);
          database.transaction(connection -> note(connection, incident.id(), taken));
        });
    return due.isPresent();
  }

  private Optional<Incident> takeDue(Connection connection) throws SQLException {
    Optional<UUID> due = due(connection);
    return due.isEmpty() ? Optional.empty() : incidents.find(connection, due.get());
  }

  private boolean note(Connection connection, UUID incident, boolean taken) throws SQLException {
    if (taken) {
      update(connection, "delivered_at = clock_timestamp(), attempts = attempts + 1", incident);
    } else {
      LOG.warnf("The alert of incident %s was not taken; it is sent again", incident);
      update(
          connection,
          """
          attempts = attempts + 1,
          next_attempt = clock_timestamp()
            + least(%d * power(2, least(attempts, 20)), %d) * interval '1 millisecond'
          """
              .formatted(config.retryAfter().toMillis(), LONGEST_PAUSE.toMillis()),
          incident);
    }
    return true;
  }

  /** The next one, which no other replica sends for a while. */
  private static Optional<UUID> due(Connection connection) throws SQLException {
    try (PreparedStatement take =
            connection.prepareStatement(
                """
                UPDATE alert SET next_attempt = clock_timestamp() + interval '1 minute'
                WHERE incident = (
                  SELECT incident FROM alert
                  WHERE delivered_at IS NULL AND next_attempt <= clock_timestamp()
                  ORDER BY next_attempt LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING incident
                """);
        ResultSet found = take.executeQuery()) {
      return found.next() ? Optional.of(found.getObject(1, UUID.class)) : Optional.empty();
    }
  }

  private static void update(Connection connection, String change, UUID incident)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE alert SET " + change + " WHERE incident = ?")) {
      update.setObject(1, incident);
      update.executeUpdate();
    }
  }
}
