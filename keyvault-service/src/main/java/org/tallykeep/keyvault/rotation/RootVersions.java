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
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Rows of {@code root_version}: the versions that are there for backups only. */
@Singleton
final class RootVersions {

  /** Branch keys are wrapped anew so soon after a version is made, whatever comes in between. */
  private static final Duration LAG = Duration.ofDays(1);

  /**
   * All versions before that one, those already known excepted. A database that was set back since
   * the last rotation does not know when they were superseded: the root does, and what receipts
   * promise counts from then, though a backup made meanwhile may need them longer.
   *
   * @param madeAt since when versions have been there, as the root says
   */
  void supersedeBefore(
      Connection connection, int version, NavigableMap<Integer, Instant> madeAt, Instant now)
      throws SQLException {
    boolean setBack = wasSetBack(connection);
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO root_version (version, superseded_at) VALUES (?, ?)
            ON CONFLICT (version) DO NOTHING
            """)) {
      for (int each = 1; each < version; each++) {
        insert.setInt(1, each);
        insert.setObject(2, utc(setBack ? made(madeAt.higherEntry(each), now) : now));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static Instant made(Map.@Nullable Entry<Integer, Instant> next, Instant now) {
    Instant latest = next == null ? now : next.getValue().plus(LAG);
    return latest.isBefore(now) ? latest : now;
  }

  private static boolean wasSetBack(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT EXISTS (SELECT FROM set_back WHERE at >= (
                  SELECT coalesce(max(started_at), '-infinity') FROM rotation
                  WHERE kind = 'root' AND state = 'done'))
                """);
        ResultSet found = select.executeQuery()) {
      found.next();
      return found.getBoolean(1);
    }
  }

  /** The newest version that is not retired yet and was superseded before a moment. */
  OptionalInt toRetire(Connection connection, Instant supersededBefore) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT max(version) FROM root_version
            WHERE retired_at IS NULL AND superseded_at <= ?
            """)) {
      select.setObject(1, utc(supersededBefore));
      try (ResultSet found = select.executeQuery()) {
        found.next();
        int version = found.getInt(1);
        return found.wasNull() ? OptionalInt.empty() : OptionalInt.of(version);
      }
    }
  }

  void retired(Connection connection, int upTo, Instant now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE root_version SET retired_at = ? WHERE version <= ? AND retired_at IS NULL")) {
      update.setObject(1, utc(now));
      update.setInt(2, upTo);
      update.executeUpdate();
    }
  }

  private static OffsetDateTime utc(Instant time) {
    return OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
  }
}
