package org.tallykeep.keyvault.session;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.tallykeep.keyvault.audit.AuditEvent;
import org.tallykeep.keyvault.audit.AuditTrail;
import org.tallykeep.keyvault.platform.Database;

/**
 * Sessions of people that an incident has frozen: noted with the freeze, which waits for nobody,
 * and tried until the issuer has ended them, by one replica at a time.
 */
@Singleton
public final class SessionsToEnd {

  private static final Logger LOG = Logger.getLogger(SessionsToEnd.class);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** Longer than the issuer is waited for in all its calls. */
  private static final Duration LEASE = Duration.ofMinutes(2);

  private final SessionRepository repository;
  private final Issuer issuer;
  private final SessionConfig config;
  private final Database database;
  private final Recording recording;

  /** How it is put on record. */
  @Singleton
  record Recording(AuditTrail trail, MeterRegistry meters, Clock clock) {}

  SessionsToEnd(
      SessionRepository repository,
      Issuer issuer,
      SessionConfig config,
      Database database,
      Recording recording) {
    this.repository = repository;
    this.issuer = issuer;
    this.config = config;
    this.database = database;
    this.recording = recording;
  }

  /** Outside production, too, nobody goes without it unawares. */
  void onStart(@Observes StartupEvent starting) {
    if (config.end() && (config.url().isEmpty() || config.secret().isEmpty())) {
      throw new IllegalStateException(
          "Set tallykeep.sessions.url and tallykeep.sessions.secret, so that sessions of frozen"
              + " people end, or tallykeep.sessions.end=false outside production.");
    }
  }

  /** In the transaction that freezes the person. */
  public void enqueue(Connection connection, UUID incident, String person) throws SQLException {
    if (config.end()) {
      repository.insert(connection, incident, person);
    }
  }

  @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void deliver() {
    while (config.end() && deliverOne()) {
      // Until none is due.
    }
  }

  /** The issuer is asked outside of any transaction: one that is slow holds no connection. */
  private boolean deliverOne() {
    Optional<SessionRepository.Due> due =
        database.transaction(connection -> repository.takeDue(connection, LEASE));
    due.ifPresent(
        each -> {
          SessionEnd end = issuer.endSessionsOf(each.person());
          recording.meters().counter("tallykeep.sessions.ends", "outcome", end.label()).increment();
          database.transaction(connection -> note(connection, each.incident(), end));
        });
    return due.isPresent();
  }

  private boolean note(Connection connection, UUID incident, SessionEnd end) throws SQLException {
    switch (end) {
      case SessionEnd.Ended ended -> {
        recording.trail().write(event(incident));
        repository.done(connection, incident);
        LOG.infof("The sessions of the person of incident %s were ended", incident);
      }
      case SessionEnd.Nobody nobody -> {
        repository.done(connection, incident);
        LOG.infof("The issuer knows no person of the name in incident %s", incident);
      }
      case SessionEnd.NotYet(String why) -> {
        repository.postpone(connection, incident, config.retryAfter(), LONGEST_PAUSE);
        LOG.warnf(
            "The sessions of the person of incident %s were not ended (%s); it is tried again",
            incident, why);
      }
    }
    return true;
  }

  /** By this service itself; whose sessions they were stands in the incident. */
  private AuditEvent event(UUID incident) {
    return AuditEvent.ofThisService(
        recording.clock().instant(), "end-sessions", Optional.of(incident.toString()));
  }
}
