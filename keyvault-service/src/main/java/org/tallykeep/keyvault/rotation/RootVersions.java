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

/** Rows of {@code root_version}: the versions that are there for backups only. */
@Singleton
final class RootVersions {

  /** Branch keys are wrapped anew so soon after a version is made, whatever comes in between. */
  private static final Duration LAG = Duration.ofDays(1);

  /**
   * All versions before that one, those already known excepted. A database that was set back does
   * not know when they were superseded: the root does, and what receipts promise counts from then.
   *
   * @param madeAt since when versions have been there, as the root says
   */
  void supersedeBefore(
      Connection connection, int version, NavigableMap<Integer, Instant> madeAt, Instant now)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO root_version (version, superseded_at) VALUES (?, ?)
            ON CONFLICT (version) DO NOTHING
            """)) {
      for (int each = 1; each < version; each++) {
        Map.Entry<Integer, Instant> next = madeAt.higherEntry(each);
        Instant latest = next == null ? now : next.getValue().plus(LAG);
        insert.setInt(1, each);
        insert.setObject(2, utc(latest.isBefore(now) ? latest : now));
        insert.addBatch();
      }
      insert.executeBatch();
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
