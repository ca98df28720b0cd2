package org.tallykeep.keyvault.rotation;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.rotation.Rotation.Kind;
import org.tallykeep.keyvault.rotation.Rotation.State;

/** Rows of {@code rotation}. */
@Singleton
final class RotationRepository {

  /** Whoever makes, moves or ends rotations holds it until their transaction ends. */
  private static final long LOCK = 0x7461_6c6c_7900_0011L;

  private static final String SELECT =
      """
      SELECT id, kind, purpose, asked_by, started_at, state, step, version, mark, done, total,
        next_at, finished_at, reason FROM rotation
      """;

  void lock(Connection connection) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
      lock.setLong(1, LOCK);
      lock.execute();
    }
  }

  /** False when somebody else holds it. */
  boolean tryLock(Connection connection) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT pg_try_advisory_xact_lock(?)")) {
      lock.setLong(1, LOCK);
      try (ResultSet locked = lock.executeQuery()) {
        locked.next();
        return locked.getBoolean(1);
      }
    }
  }

  void insert(Connection connection, Rotation rotation) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO rotation (state, step, version, mark, done, total, next_at, finished_at,
              reason, id, kind, purpose, asked_by, started_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)) {
      setProgress(insert, rotation);
      insert.setString(11, rotation.kind().label());
      insert.setString(12, rotation.purpose().map(Purpose::label).orElse(null));
      insert.setString(13, rotation.askedBy());
      insert.setObject(14, utc(Optional.of(rotation.startedAt())));
      insert.executeUpdate();
    }
  }

  void save(Connection connection, Rotation rotation) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE rotation SET state = ?, step = ?, version = ?, mark = ?, done = ?, total = ?,
              next_at = ?, finished_at = ?, reason = ? WHERE id = ?
            """)) {
      setProgress(update, rotation);
      update.executeUpdate();
    }
  }

  private static void setProgress(PreparedStatement statement, Rotation rotation)
      throws SQLException {
    Progress progress = rotation.progress();
    statement.setString(1, progress.state().label());
    statement.setString(2, progress.step());
    statement.setObject(3, progress.version().orElse(null));
    statement.setString(4, progress.mark().orElse(null));
    statement.setLong(5, progress.done());
    statement.setLong(6, progress.total());
    statement.setObject(7, utc(progress.nextAt()));
    statement.setObject(8, utc(progress.finishedAt()));
    statement.setString(9, progress.reason().orElse(null));
    statement.setObject(10, rotation.id());
  }

  Optional<Rotation> find(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + "WHERE id = ?")) {
      select.setObject(1, id);
      return read(select).stream().findFirst();
    }
  }

  List<Rotation> newest(Connection connection, int limit) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(SELECT + "ORDER BY started_at DESC, id LIMIT ?")) {
      select.setInt(1, limit);
      return read(select);
    }
  }

  Optional<Rotation> underWay(Connection connection, Kind kind, Optional<Purpose> purpose)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            SELECT
                + """
                WHERE kind = ? AND purpose IS NOT DISTINCT FROM ?::text
                  AND state IN ('running', 'waiting')
                """)) {
      select.setString(1, kind.label());
      select.setString(2, purpose.map(Purpose::label).orElse(null));
      return read(select).stream().findFirst();
    }
  }

  /**
   * Of those that may go on now, the root's, which is short; else what has waited for longest. A
   * dataset's is gone on with by the service whose data it is about.
   */
  Optional<Rotation> nextDue(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            SELECT
                + """
                WHERE state IN ('running', 'waiting') AND (next_at IS NULL OR next_at <= ?)
                  AND kind <> 'dataset'
                ORDER BY kind = 'root' DESC, next_at NULLS LAST, started_at, id LIMIT 1
                """)) {
      select.setObject(1, utc(Optional.of(now)));
      return read(select).stream().findFirst();
    }
  }

  /** The last of that kind that ended so. */
  Optional<Rotation> last(Connection connection, Kind kind, Optional<Purpose> purpose, State state)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            SELECT
                + """
                WHERE kind = ? AND purpose IS NOT DISTINCT FROM ?::text AND state = ?
                ORDER BY finished_at DESC LIMIT 1
                """)) {
      select.setString(1, kind.label());
      select.setString(2, purpose.map(Purpose::label).orElse(null));
      select.setString(3, state.label());
      return read(select).stream().findFirst();
    }
  }

  /** The last of that kind that was done by a moment. */
  Optional<Rotation> lastDoneBefore(
      Connection connection, Kind kind, Optional<Purpose> purpose, Instant moment)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            SELECT
                + """
                WHERE kind = ? AND purpose IS NOT DISTINCT FROM ?::text AND state = 'done'
                  AND finished_at <= ?
                ORDER BY finished_at DESC LIMIT 1
                """)) {
      select.setString(1, kind.label());
      select.setString(2, purpose.map(Purpose::label).orElse(null));
      select.setObject(3, utc(Optional.of(moment)));
      return read(select).stream().findFirst();
    }
  }

  /** The first of that kind that began after a moment and is done. */
  Optional<Rotation> firstDoneSince(Connection connection, Kind kind, Instant after)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            SELECT
                + """
                WHERE kind = ? AND started_at > ? AND state = 'done'
                ORDER BY finished_at LIMIT 1
                """)) {
      select.setString(1, kind.label());
      select.setObject(2, utc(Optional.of(after)));
      return read(select).stream().findFirst();
    }
  }

  private static List<Rotation> read(PreparedStatement select) throws SQLException {
    List<Rotation> rotations = new ArrayList<>();
    try (ResultSet found = select.executeQuery()) {
      while (found.next()) {
        rotations.add(
            new Rotation(
                found.getObject(1, UUID.class),
                Kind.of(found.getString(2)),
                Optional.ofNullable(found.getString(3)).flatMap(Purpose::named),
                found.getString(4),
                found.getObject(5, OffsetDateTime.class).toInstant(),
                progress(found)));
      }
    }
    return rotations;
  }

  private static Progress progress(ResultSet found) throws SQLException {
    return new Progress(
        State.valueOf(found.getString(6).toUpperCase(Locale.ROOT)),
        found.getString(7),
        Optional.ofNullable(found.getObject(8, Integer.class)),
        Optional.ofNullable(found.getString(9)),
        found.getLong(10),
        found.getLong(11),
        instant(found.getObject(12, OffsetDateTime.class)),
        instant(found.getObject(13, OffsetDateTime.class)),
        Optional.ofNullable(found.getString(14)));
  }

  private static Optional<Instant> instant(@Nullable OffsetDateTime time) {
    return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
  }

  private static @Nullable OffsetDateTime utc(Optional<Instant> time) {
    return time.map(instant -> OffsetDateTime.ofInstant(instant, ZoneOffset.UTC)).orElse(null);
  }
}
