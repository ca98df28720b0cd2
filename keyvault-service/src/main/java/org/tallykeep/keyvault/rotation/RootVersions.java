package org.tallykeep.keyvault.rotation;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.OptionalInt;

/** Rows of {@code root_version}: the versions that are there for backups only. */
@Singleton
final class RootVersions {

  /** All versions before that one, those already known excepted. */
  void supersedeBefore(Connection connection, int version, Instant now) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO root_version (version, superseded_at)
            SELECT version, ? FROM generate_series(1, ?) AS version
            ON CONFLICT (version) DO NOTHING
            """)) {
      insert.setObject(1, utc(now));
      insert.setInt(2, version - 1);
      insert.executeUpdate();
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
