package org.tallykeep.keyvault.containment;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.keyvault.containment.Containment.Step;
import org.tallykeep.keyvault.incident.Incident;
import org.tallykeep.keyvault.incident.Incidents;
import org.tallykeep.keyvault.platform.Database;

/** Containments as officers begin and see them; {@link ContainmentJob} goes on with them. */
@Singleton
class Containments {

  private final Database database;
  private final ContainmentRepository repository;
  private final Incidents incidents;
  private final Clock clock;

  Containments(
      Database database, ContainmentRepository repository, Incidents incidents, Clock clock) {
    this.database = database;
    this.repository = repository;
    this.incidents = incidents;
    this.clock = clock;
  }

  /** Begins, or tells how far it is when it was begun before. */
  Containment begin(Incident incident, String officer) {
    Instant now = clock.instant();
    return database.transaction(
        connection -> {
          if (repository.find(connection, incident.id()).isEmpty()) {
            incidents.setState(connection, incident.id(), Incident.State.CONTAINING);
          }
          repository.insert(
              connection,
              new Containment(
                  incident.id(),
                  Containment.State.RUNNING,
                  Step.COUNT,
                  List.of(),
                  0,
                  0,
                  Optional.empty(),
                  officer,
                  now,
                  Optional.empty(),
                  0));
          return repository.find(connection, incident.id()).orElseThrow();
        });
  }

  Optional<Containment> find(UUID incident) {
    return database.statement(connection -> repository.find(connection, incident));
  }
}
