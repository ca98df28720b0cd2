package org.tallykeep.keyvault.rotation;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.dataset.DatasetKeys;
import org.tallykeep.keyvault.event.KeyEvent;
import org.tallykeep.keyvault.event.KeyEvents;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.keyvault.rotation.Rotation.Kind;

/** Rotations as they are asked for: of a dataset at once, of all others by a job. */
@Singleton
final class Rotations {

  private static final int NEWEST = 200;

  private final Database database;
  private final RotationRepository repository;
  private final DatasetKeys datasets;
  private final KeyEvents events;
  private final Clock clock;

  Rotations(
      Database database,
      RotationRepository repository,
      DatasetKeys datasets,
      KeyEvents events,
      Clock clock) {
    this.database = database;
    this.repository = repository;
    this.datasets = datasets;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Turns a dataset's key over: from then on everything is sealed under a new version, by every
   * client within seconds, and what was sealed before still opens.
   *
   * @throws RotationRefused when it is one that stays
   */
  Rotation rotate(Purpose purpose, String askedBy) {
    requireRotatable(purpose);
    return database.transaction(connection -> rotate(connection, purpose, askedBy));
  }

  Rotation rotate(Connection connection, Purpose purpose, String askedBy) throws SQLException {
    int version = datasets.turnOver(connection, purpose).version();
    Instant now = now();
    Rotation rotation =
        new Rotation(
            UUID.randomUUID(),
            Kind.DATASET,
            Optional.of(purpose),
            askedBy,
            now,
            Progress.begin("turn-over").ofVersion(version).counting(1, 1).finished(now));
    repository.insert(connection, rotation);
    events.append(connection, KeyEvent.Kind.ROTATED, purpose.label());
    return rotation;
  }

  /**
   * Has the root or all branches rotated, by whichever replica is next.
   *
   * @throws RotationRefused when one of that kind is under way
   */
  Rotation start(Kind kind, RotationSteps steps, String askedBy) {
    return database.transaction(
        connection -> {
          repository.lock(connection);
          Optional<Rotation> other = repository.underWay(connection, kind);
          if (other.isPresent()) {
            throw RotationRefused.underWay(other.get());
          }
          return start(connection, kind, steps, askedBy);
        });
  }

  Rotation start(Connection connection, Kind kind, RotationSteps steps, String askedBy)
      throws SQLException {
    Rotation rotation =
        new Rotation(
            UUID.randomUUID(),
            kind,
            Optional.empty(),
            askedBy,
            now(),
            Progress.begin(steps.first()));
    repository.insert(connection, rotation);
    return rotation;
  }

  Rotation find(UUID id) {
    return database
        .statement(connection -> repository.find(connection, id))
        .orElseThrow(RotationRefused::unknown);
  }

  /** The newest first. */
  List<Rotation> newest() {
    return database.statement(connection -> repository.newest(connection, NEWEST));
  }

  /** Throws unless it is a key that is turned over. */
  static void requireRotatable(Purpose purpose) {
    switch (purpose) {
      case LEDGER, AGGREGATE, MANIFEST, AUDIT -> {}
      case INDEX, TAG, REVOCATION -> throw RotationRefused.never(purpose.label());
      case IDENTITY, CONTACT, LINK, MASK, REIDENTIFY ->
          throw RotationRefused.noDataset(purpose.label());
    }
  }

  /** As exactly as the database keeps it. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
