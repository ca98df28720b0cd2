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
  private final Datasets datasets;
  private final Clock clock;

  /** What a dataset's rotation turns over, and who hears of it. */
  @Singleton
  record Datasets(DatasetKeys keys, KeyEvents events, IndexRotations index) {}

  Rotations(Database database, RotationRepository repository, Datasets datasets, Clock clock) {
    this.database = database;
    this.repository = repository;
    this.datasets = datasets;
    this.clock = clock;
  }

  /**
   * Turns a dataset's key over: from then on everything is sealed under a new version, by every
   * client within seconds, and what was sealed before still opens. What makes tags has two versions
   * until the customer service has made them anew.
   *
   * @throws RotationRefused when it is one that stays, or has two versions already
   */
  Rotation rotate(Purpose purpose, IndexRotations.Asking asking) {
    requireRotatable(purpose);
    return database.transaction(connection -> rotate(connection, purpose, asking));
  }

  Rotation rotate(Connection connection, Purpose purpose, IndexRotations.Asking asking)
      throws SQLException {
    Instant now = now();
    if (purpose == Purpose.INDEX) {
      return datasets.index.begin(connection, asking, now);
    }
    int version = datasets.keys.turnOver(connection, purpose).version();
    Rotation rotation =
        new Rotation(
            UUID.randomUUID(),
            Kind.DATASET,
            Optional.of(purpose),
            asking.by(),
            now,
            Progress.begin("turn-over").ofVersion(version).counting(1, 1).finished(now));
    repository.insert(connection, rotation);
    datasets.events.append(connection, KeyEvent.Kind.ROTATED, purpose.label());
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
          Optional<Rotation> other = repository.underWay(connection, kind, Optional.empty());
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

  /** See {@link IndexRotations#reopen}. */
  Rotation reopen(UUID id) {
    return datasets.index.reopen(id);
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
      case LEDGER, AGGREGATE, MANIFEST, AUDIT, INDEX -> {}
      case TAG, REVOCATION -> throw RotationRefused.never(purpose.label());
      case IDENTITY, CONTACT, LINK, MASK, REIDENTIFY ->
          throw RotationRefused.noDataset(purpose.label());
    }
  }

  /** As exactly as the database keeps it. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
