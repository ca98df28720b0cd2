package org.tallykeep.keyvault.rotation;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.rotation.Rotation.Kind;
import org.tallykeep.keyvault.rotation.Rotation.State;

/** What is to be rotated when: a cryptoperiod after it was last, or after the first start. */
@Singleton
final class DueRotations {

  /** One that failed is not begun anew at once. */
  private static final Duration AFTER_FAILURE = Duration.ofHours(1);

  private final RotationRepository repository;
  private final Map<Subject, Duration> periods;

  DueRotations(RotationRepository repository, RotationConfig config) {
    this.repository = repository;
    this.periods = periods(config);
  }

  /** Keys that are rotated together. */
  record Subject(Kind kind, Optional<Purpose> purpose) implements Comparable<Subject> {

    static Subject of(Kind kind) {
      return new Subject(kind, Optional.empty());
    }

    String name() {
      return kind.label() + purpose.map(each -> ":" + each.label()).orElse("");
    }

    @Override
    public int compareTo(Subject other) {
      return name().compareTo(other.name());
    }
  }

  private static Map<Subject, Duration> periods(RotationConfig config) {
    Map<Subject, Duration> periods = new TreeMap<>();
    config.rootEvery().every().ifPresent(every -> periods.put(Subject.of(Kind.ROOT), every));
    config
        .branchesEvery()
        .every()
        .ifPresent(every -> periods.put(Subject.of(Kind.BRANCHES), every));
    config
        .datasetsEvery()
        .forEach(
            (name, period) -> {
              Subject subject = new Subject(Kind.DATASET, Optional.of(rotatable(name)));
              period.every().ifPresent(every -> periods.put(subject, every));
            });
    return periods;
  }

  private static Purpose rotatable(String name) {
    Purpose purpose =
        Purpose.named(name)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "tallykeep.rotation.datasets-every.%s: there is no such purpose"
                            .formatted(name)));
    Rotations.requireRotatable(purpose);
    return purpose;
  }

  /** Empty when it is off. */
  Optional<Duration> every(Kind kind) {
    return Optional.ofNullable(periods.get(Subject.of(kind)));
  }

  /** From the first call on time counts for what was never rotated. */
  void begin(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO rotation_since (subject, since) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
      for (Subject subject : periods.keySet()) {
        insert.setString(1, subject.name());
        insert.setObject(2, OffsetDateTime.ofInstant(now, ZoneOffset.UTC));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /**
   * What is due and not under way. The root waits for the branches: a branch that is about to go is
   * not wrapped under a newer version first, which would outlive what receipts promise.
   */
  List<Subject> due(Connection connection, Instant now) throws SQLException {
    List<Subject> due = new ArrayList<>();
    for (Subject subject : periods.keySet()) {
      boolean isDue =
          dueAt(connection, subject).filter(at -> !at.isAfter(now)).isPresent()
              && !isUnderWay(connection, subject);
      if (isDue) {
        due.add(subject);
      }
    }
    if (areBranchesAwaited(connection, now)) {
      due.remove(Subject.of(Kind.ROOT));
    }
    return due;
  }

  /** Also while they are to be tried again, having failed. */
  private boolean areBranchesAwaited(Connection connection, Instant now) throws SQLException {
    Subject branches = Subject.of(Kind.BRANCHES);
    return isUnderWay(connection, branches)
        || endOfPeriod(connection, branches).filter(at -> !at.isAfter(now)).isPresent();
  }

  private boolean isUnderWay(Connection connection, Subject subject) throws SQLException {
    return repository.underWay(connection, subject.kind(), subject.purpose()).isPresent();
  }

  /** When the next one begins by itself; empty when it is off or nothing has begun to count. */
  Optional<Instant> dueAt(Connection connection, Kind kind) throws SQLException {
    return dueAt(connection, Subject.of(kind));
  }

  private Optional<Instant> dueAt(Connection connection, Subject subject) throws SQLException {
    Optional<Instant> retry =
        ended(connection, subject, State.FAILED).map(failed -> failed.plus(AFTER_FAILURE));
    return endOfPeriod(connection, subject)
        .map(at -> retry.filter(later -> later.isAfter(at)).orElse(at));
  }

  private Optional<Instant> endOfPeriod(Connection connection, Subject subject)
      throws SQLException {
    Duration every = periods.get(subject);
    if (every == null) {
      return Optional.empty();
    }
    Optional<Instant> since = ended(connection, subject, State.DONE);
    if (since.isEmpty()) {
      since = since(connection, subject);
    }
    return since.map(from -> from.plus(every));
  }

  private Optional<Instant> ended(Connection connection, Subject subject, State state)
      throws SQLException {
    return repository
        .last(connection, subject.kind(), subject.purpose(), state)
        .flatMap(rotation -> rotation.progress().finishedAt());
  }

  private static Optional<Instant> since(Connection connection, Subject subject)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT since FROM rotation_since WHERE subject = ?")) {
      select.setString(1, subject.name());
      try (ResultSet found = select.executeQuery()) {
        return found.next()
            ? Optional.of(found.getObject(1, OffsetDateTime.class).toInstant())
            : Optional.empty();
      }
    }
  }
}
