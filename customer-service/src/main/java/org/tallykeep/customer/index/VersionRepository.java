package org.tallykeep.customer.index;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.envelope.KeyRef;

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
    return Sql.tryLock(connection, LOCK, JOB);
  }

  static Optional<Versions> find(Connection connection) throws SQLException {
    return Sql.query(
            connection,
            """
            SELECT settled_id, settled, coming_id, coming FROM index_version
            WHERE settled_id IS NOT NULL
            """,
            row -> new Versions(key(row, 1).orElseThrow(), key(row, 3)))
        .stream()
        .findFirst();
  }

  private static Optional<KeyRef> key(ResultSet row, int first) throws SQLException {
    UUID id = row.getObject(first, UUID.class);
    return id == null ? Optional.empty() : Optional.of(new KeyRef(id, row.getInt(first + 1)));
  }

  /** Versions with which marks are made that nobody can make anew, the older first. */
  static List<KeyRef> kept(Connection connection) throws SQLException {
    return Sql.query(
        connection,
        "SELECT id, version FROM index_version_kept ORDER BY version",
        row -> key(row, 1).orElseThrow());
  }

  static void keep(Connection connection, KeyRef key) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO index_version_kept (id, version) VALUES (?, ?) ON CONFLICT (id) DO NOTHING",
        key.id(),
        key.version());
  }

  /** The numbers of a row from before ids were kept, the older first. */
  static List<Integer> withoutIds(Connection connection) throws SQLException {
    return Sql.query(
        connection,
        """
        SELECT version FROM index_version, unnest(ARRAY[settled, coming]) AS version
        WHERE settled_id IS NULL AND version IS NOT NULL ORDER BY version
        """,
        row -> row.getInt(1));
  }

  /** For a row from before ids were kept, which has them from now on. */
  static void giveIds(Connection connection, List<KeyRef> keys) throws SQLException {
    Sql.update(
        connection,
        """
        WITH key (id, version) AS (SELECT * FROM unnest(?, ?))
        UPDATE index_version SET
            settled_id = (SELECT id FROM key WHERE version = settled),
            coming_id = (SELECT id FROM key WHERE version = coming)
        WHERE settled_id IS NULL
        """,
        keys.stream().map(KeyRef::id).toArray(UUID[]::new),
        keys.stream().map(KeyRef::version).toArray(Integer[]::new));
  }

  /** Where there is none yet. */
  static void begin(Connection connection, KeyRef key) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO index_version (settled_id, settled) VALUES (?, ?) ON CONFLICT DO NOTHING",
        key.id(),
        key.version());
  }

  static void introduce(Connection connection, KeyRef key) throws SQLException {
    Sql.update(
        connection,
        "UPDATE index_version SET coming_id = ?, coming = ? WHERE coming IS NULL",
        key.id(),
        key.version());
  }

  static void settle(Connection connection, int version) throws SQLException {
    Sql.update(
        connection,
        """
        UPDATE index_version
        SET settled_id = coming_id, settled = coming, coming_id = NULL, coming = NULL
        WHERE coming = ?
        """,
        version);
  }
}
