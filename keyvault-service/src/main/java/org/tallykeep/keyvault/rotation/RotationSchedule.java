package org.tallykeep.keyvault.rotation;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.keyvault.rotation.Rotation.Kind;

/** When keys are rotated next, and what follows from that. */
@Singleton
public final class RotationSchedule {

  /** For jobs that wait, replicas that were away, and checks that come once an hour. */
  static final Duration SLACK = Duration.ofDays(1);

  private final Database database;
  private final RotationRepository repository;
  private final DueRotations due;
  private final BackupConfig backup;
  private final Clock clock;

  RotationSchedule(
      Database database,
      RotationRepository repository,
      DueRotations due,
      BackupConfig backup,
      Clock clock) {
    this.database = database;
    this.repository = repository;
    this.due = due;
    this.backup = backup;
    this.clock = clock;
  }

  /**
   * From when on no key exists that opens a copy of a key made before it was destroyed.
   *
   * <p>The copy is wrapped under a version of its branch, which is gone from the tables with the
   * first rotation of branches that begins afterwards. Backups still have that version, wrapped
   * under a version of the root, which is superseded by the first root rotation after that and ends
   * when the last backup that needs it has expired. Where rotations have not happened yet the
   * schedule says when they will have, rather too late than too early.
   *
   * @return empty when one of the schedules is off
   */
  public Optional<Instant> unrecoverableFrom(Instant destroyedAt) {
    Optional<Duration> branchesEvery = due.every(Kind.BRANCHES);
    Optional<Duration> rootEvery = due.every(Kind.ROOT);
    if (branchesEvery.isEmpty() || rootEvery.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        database.statement(
            connection -> {
              Instant branches = next(connection, Kind.BRANCHES, branchesEvery.get(), destroyedAt);
              Instant root = next(connection, Kind.ROOT, rootEvery.get(), branches);
              return root.plus(backup.retention()).plus(SLACK);
            }));
  }

  /** When the first one that begins after a moment is over. */
  private Instant next(Connection connection, Kind kind, Duration every, Instant after)
      throws SQLException {
    Optional<Instant> was =
        repository
            .firstDoneSince(connection, kind, after)
            .flatMap(rotation -> rotation.progress().finishedAt());
    if (was.isPresent()) {
      return was.get();
    }
    Instant now = clock.instant();
    Instant atTheLatest = (after.isAfter(now) ? after : now).plus(every);
    // Known only while nothing comes before it that would put it off.
    boolean known =
        !after.isAfter(now) && repository.underWay(connection, kind, Optional.empty()).isEmpty();
    Instant begins =
        known
            ? due.dueAt(connection, kind).filter(at -> at.isAfter(now)).orElse(atTheLatest)
            : atTheLatest;
    return begins.plus(SLACK);
  }
}
