package org.tallykeep.customer.index;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;
import org.tallykeep.customer.platform.Sql;

/**
 * The row that says which versions are in force. Whoever uses tags shares a lock on it, whoever
 * changes it has the lock alone: advisory, because a row lock would leave a mark.
 */
final class VersionRepository {

  /** Advisory locks of this service are pairs; the first number says what they are about. */
  private static final int LOCK = 0x494e4458;

  private static final int JOB = 1;

  private VersionRepository() {}

  static void holdOff(Connection connection) throws SQLException {
    Sql.query(connection, "SELECT pg_advisory_xact_lock_shared(?, 0)", row -> true, LOCK);
  }

  /** Waits for every transaction that uses tags, and keeps the next ones waiting. */
  static void lockToChange(Connection connection) throws SQLException {
    Sql.query(connection, "SELECT pg_advisory_xact_lock(?, 0)", row -> true, LOCK);
  }

  /** Whether this replica does the rotation until the transaction ends. */
  static boolean tryLockJob(Connection connection) throws SQLException {
    return Sql.query(
            connection,
            "SELECT pg_try_advisory_xact_lock(?, ?)",
            row -> row.getBoolean(1),
            LOCK,
            JOB)
        .getFirst();
  }

  static Optional<Versions> find(Connection connection) throws SQLException {
    return Sql.query(
            connection,
            "SELECT settled, coming FROM index_version",
            row -> {
              Integer coming = row.getObject(2, Integer.class);
              return new Versions(
                  row.getInt(1), coming == null ? OptionalInt.empty() : OptionalInt.of(coming));
            })
        .stream()
        .findFirst();
  }

  /** Where there is none yet. */
  static void begin(Connection connection, int version) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO index_version (settled) VALUES (?) ON CONFLICT DO NOTHING",
        version);
  }

  static void introduce(Connection connection, int version) throws SQLException {
    Sql.update(connection, "UPDATE index_version SET coming = ? WHERE coming IS NULL", version);
  }

  static void settle(Connection connection, int version) throws SQLException {
    Sql.update(
        connection,
        "UPDATE index_version SET settled = ?, coming = NULL WHERE coming = ?",
        version,
        version);
  }
}
