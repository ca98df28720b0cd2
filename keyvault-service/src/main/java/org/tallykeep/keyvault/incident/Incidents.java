package org.tallykeep.keyvault.incident;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.tallykeep.keyvault.budget.RaisesOfOfficers;
import org.tallykeep.keyvault.freeze.Freeze;
import org.tallykeep.keyvault.freeze.Freezes;
import org.tallykeep.keyvault.freeze.Principal;
import org.tallykeep.keyvault.grant.JobGrants;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.keyvault.platform.Refusal;
import org.tallykeep.keyvault.revocation.LedgerFreeze;
import org.tallykeep.keyvault.revocation.OverridesOfOfficers;
import org.tallykeep.keyvault.session.SessionsToEnd;

/** Opens incidents: the principal is frozen and somebody is told, in one transaction. */
@Singleton
public final class Incidents {

  private static final Logger LOG = Logger.getLogger(Incidents.class);

  private final IncidentRepository repository;
  private final Freezes freezes;
  private final Following following;
  private final Database database;
  private final Telling telling;

  /** What else ends when a person is frozen. */
  @Singleton
  record Following(
      JobGrants grants,
      SessionsToEnd sessions,
      RaisesOfOfficers raises,
      OverridesOfOfficers overrides) {}

  /** How somebody hears of it. */
  @Singleton
  record Telling(Alerts alerts, MeterRegistry meters, Clock clock) {}

  Incidents(
      IncidentRepository repository,
      Freezes freezes,
      Following following,
      Database database,
      Telling telling) {
    this.repository = repository;
    this.freezes = freezes;
    this.following = following;
    this.database = database;
    this.telling = telling;
  }

  /**
   * What is known when it is opened.
   *
   * @param purposes what to freeze
   */
  public record Report(
      Incident.Cause cause,
      String openedBy,
      Principal principal,
      Set<String> purposes,
      Optional<Instant> since,
      Optional<Instant> until,
      String note) {

    /** Without the principal: persons stay out of logs. */
    @Override
    public String toString() {
      return "Report[" + cause + "]";
    }
  }

  /** Opens an incident; the principal is frozen on every replica within a second. */
  public Incident open(Report report) {
    Incident incident =
        new Incident(
            UUID.randomUUID(),
            report.cause(),
            telling.clock().instant(),
            report.openedBy(),
            report.principal(),
            report.purposes(),
            report.since(),
            report.until(),
            report.note(),
            Incident.State.OPEN);
    database.transaction(
        connection -> {
          repository.insert(connection, incident);
          freeze(connection, incident);
          telling.alerts().enqueue(connection, incident);
          return incident;
        });
    freezes.refresh();
    tell(incident);
    return incident;
  }

  private void freeze(Connection connection, Incident incident) throws SQLException {
    if (incident.purposes().isEmpty()) {
      return;
    }
    freezes.freeze(
        connection, incident.id(), incident.principal(), incident.purposes(), incident.openedAt());
    endWhatElse(connection, incident.id(), incident.principal());
  }

  private void endWhatElse(Connection connection, UUID incident, Principal principal)
      throws SQLException {
    if (principal instanceof Principal.Person person) {
      following.grants().cancelOf(connection, person.name());
      following.raises().endOf(connection, person.name(), telling.clock().instant());
      following.overrides().forgetOf(connection, person.name());
      following.sessions().enqueue(connection, incident, person.name());
    }
  }

  /**
   * Puts a freeze back that a database that was set back does not have, and its incident if that is
   * gone as well.
   *
   * @return false when it is there
   */
  boolean putBack(LedgerFreeze kept) {
    Principal principal = Principal.of(kept.principal(), kept.name());
    Freeze freeze =
        new Freeze(kept.id(), kept.incident(), principal, kept.purposes(), kept.since());
    Incident madeAnew =
        new Incident(
            kept.incident(),
            Incident.Cause.LEDGER,
            kept.since(),
            Incident.Cause.LEDGER.label(),
            principal,
            kept.purposes(),
            Optional.empty(),
            Optional.empty(),
            "From the revocation ledger, which kept the freeze; the database was set back to before"
                + " the incident, and what it said is lost.",
            Incident.State.OPEN);
    return database.transaction(
        connection -> {
          if (repository.find(connection, kept.incident()).isEmpty()) {
            repository.insert(connection, madeAnew);
          }
          boolean missing = freezes.putBack(connection, freeze);
          if (missing) {
            endWhatElse(connection, kept.incident(), principal);
          }
          return missing;
        });
  }

  private void tell(Incident incident) {
    telling
        .meters()
        .counter("tallykeep.incidents.opened", "cause", incident.cause().label())
        .increment();
    LOG.errorf(
        "Incident %s was opened (%s): %s %s",
        incident.id(),
        incident.cause().label(),
        incident.principal().sort(),
        incident.purposes().isEmpty() ? "is looked at" : "is frozen");
  }

  /** An incident, if there is one of that id. */
  public Optional<Incident> find(UUID id) {
    return database.statement(connection -> repository.find(connection, id));
  }

  /** The newest first. */
  public List<Incident> newest(int limit) {
    return database.statement(connection -> repository.newest(connection, limit));
  }

  /** How far its containment is, in the transaction that gets it there. */
  public void setState(Connection connection, UUID id, Incident.State state) throws SQLException {
    repository.setState(connection, id, state);
  }

  /**
   * Lifts what it froze and closes it.
   *
   * @throws Refusal.NotAllowed for an incident about the officer: somebody else has to look
   */
  public Optional<Incident> close(UUID id, String officer) {
    if (find(id).filter(incident -> incident.isAbout(officer)).isPresent()) {
      throw new Refusal.NotAllowed("This incident is about you: another officer closes it.");
    }
    Optional<Incident> closed =
        database.transaction(
            connection -> {
              freezes.lift(connection, id, officer, telling.clock().instant());
              repository.setState(connection, id, Incident.State.CLOSED);
              return repository.find(connection, id);
            });
    freezes.refresh();
    return closed;
  }
}
