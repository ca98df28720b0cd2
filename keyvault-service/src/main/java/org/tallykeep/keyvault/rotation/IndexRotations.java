package org.tallykeep.keyvault.rotation;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.dataset.DatasetKeys;
import org.tallykeep.keyvault.event.KeyEvent;
import org.tallykeep.keyvault.event.KeyEvents;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.keyvault.rotation.Rotation.Kind;
import org.tallykeep.keyvault.rotation.Rotation.State;

/**
 * Turns over the key that look-up tags are made with. Two versions are live until the customer
 * service says that every tag is made with the newer one; then the older ends. It neither fails nor
 * is it called off: whoever wants another key yet begins anew afterwards. See docs/adr/0011.
 */
@Singleton
final class IndexRotations {

  /** What it waits in: for the customer service. */
  private static final String RETAG = "retag";

  private static final Optional<Purpose> INDEX = Optional.of(Purpose.INDEX);

  private final Database database;
  private final RotationRepository repository;
  private final DatasetKeys keys;
  private final KeyEvents events;
  private final Clock clock;

  IndexRotations(
      Database database,
      RotationRepository repository,
      DatasetKeys keys,
      KeyEvents events,
      Clock clock) {
    this.database = database;
    this.repository = repository;
    this.keys = keys;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Who has it turned over.
   *
   * @param forced though the last time could not be gone back on any more
   */
  record Asking(String by, boolean forced) {}

  /**
   * Makes the newer version.
   *
   * @throws RotationRefused when there are two already, or when the last rotation could not be gone
   *     back on any more and nobody insists
   */
  Rotation begin(Connection connection, Asking asking, Instant now) throws SQLException {
    repository.lock(connection);
    Optional<Rotation> other = repository.underWay(connection, Kind.DATASET, INDEX);
    if (other.isPresent()) {
      throw RotationRefused.underWay(other.get());
    }
    if (!asking.forced() && keys.isAnySuspended(connection, Purpose.INDEX)) {
      throw RotationRefused.lastCanBeReopened();
    }
    int version = keys.turnOver(connection, Purpose.INDEX).version();
    Rotation rotation =
        new Rotation(
            UUID.randomUUID(), Kind.DATASET, INDEX, asking.by(), now, waiting(version, 0, 0));
    repository.insert(connection, rotation);
    ReindexGrant.issue(connection);
    events.append(connection, KeyEvent.Kind.ROTATED, Purpose.INDEX.label());
    return rotation;
  }

  private static Progress waiting(int version, long done, long total) {
    return new Progress(
        State.WAITING,
        RETAG,
        Optional.of(version),
        Optional.empty(),
        done,
        total,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The one that waits for the customer service. */
  Optional<Rotation> underWay() {
    return database.statement(c -> repository.underWay(c, Kind.DATASET, INDEX));
  }

  /**
   * The customer service tells how far it is.
   *
   * @throws RotationRefused when that rotation is not under way
   */
  Rotation note(UUID id, long done, long total) {
    return database.transaction(
        connection -> {
          Rotation rotation = waiting(connection, id);
          int version = rotation.progress().version().orElseThrow();
          Rotation now = rotation.with(waiting(version, done, total));
          repository.save(connection, now);
          return now;
        });
  }

  /**
   * Every tag is made with the newer version: the older one is handed out no more, and ends with
   * the last backup that may need it. Said again it changes nothing.
   *
   * @param kept versions under which something stays that cannot be made anew
   * @throws RotationRefused when there is no such rotation
   */
  Rotation complete(UUID id, Set<Integer> kept) {
    return database.transaction(
        connection -> {
          repository.lock(connection);
          Rotation rotation = find(connection, id);
          return rotation.progress().state().isOver()
              ? rotation
              : complete(connection, rotation, kept);
        });
  }

  private Rotation complete(Connection connection, Rotation rotation, Set<Integer> kept)
      throws SQLException {
    Progress progress = rotation.progress();
    keys.suspendBefore(connection, Purpose.INDEX, progress.version().orElseThrow(), kept);
    Rotation done =
        rotation.with(
            progress.counting(progress.total(), progress.total()).finished(clock.instant()));
    repository.save(connection, done);
    ReindexGrant.withdraw(connection);
    events.append(connection, KeyEvent.Kind.DESTROYED, Purpose.INDEX.label());
    return done;
  }

  /**
   * Has the newest rotation waited for once more, with both its versions: the customer service's
   * database was set back to before it was done.
   *
   * @throws RotationRefused when there is no such rotation, or no older version to go back to
   */
  Rotation reopen(UUID id) {
    return database.transaction(
        connection -> {
          repository.lock(connection);
          Rotation rotation = find(connection, id);
          int version = rotation.progress().version().orElseThrow();
          if (!rotation.progress().state().isOver() || !isBackBefore(connection, version)) {
            throw RotationRefused.notReopened();
          }
          Rotation again = rotation.with(waiting(version, 0, 0));
          repository.save(connection, again);
          ReindexGrant.issue(connection);
          events.append(connection, KeyEvent.Kind.ROTATED, Purpose.INDEX.label());
          return again;
        });
  }

  private boolean isBackBefore(Connection connection, int version) throws SQLException {
    return keys.isKeptBefore(connection, Purpose.INDEX, version)
        || keys.resumeBefore(connection, Purpose.INDEX, version);
  }

  private Rotation waiting(Connection connection, UUID id) throws SQLException {
    repository.lock(connection);
    Rotation rotation = find(connection, id);
    if (rotation.progress().state().isOver()) {
      throw RotationRefused.notWaited();
    }
    return rotation;
  }

  private Rotation find(Connection connection, UUID id) throws SQLException {
    return repository
        .find(connection, id)
        .filter(rotation -> rotation.purpose().equals(INDEX))
        .orElseThrow(RotationRefused::unknown);
  }
}
