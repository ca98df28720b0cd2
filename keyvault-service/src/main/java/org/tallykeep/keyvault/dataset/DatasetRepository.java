package org.tallykeep.keyvault.dataset;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.branch.StaleBranches;

/** Rows of {@code dataset_key}. */
@Singleton
final class DatasetRepository {

  private static final String COLUMNS = "id, version, branch, branch_version, state, wrapped";

  /** One lock a purpose, under which its next version is made. */
  private static final int TURNOVER_LOCK = 0x7461_6c79;

  /** Counts the messages as spent, if the active version has room for them. */
  Optional<DatasetRow> grant(Connection connection, Purpose purpose, long messages, long limit)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE dataset_key SET granted = granted + ?
            WHERE purpose = ? AND state = 'active' AND granted + ? <= ?
            RETURNING %s
            """
                .formatted(COLUMNS))) {
      update.setLong(1, messages);
      update.setString(2, purpose.label());
      update.setLong(3, messages);
      update.setLong(4, limit);
      return read(update).stream().findFirst();
    }
  }

  Optional<DatasetRow> active(Connection connection, Purpose purpose) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT %s FROM dataset_key WHERE purpose = ? AND state = 'active'"
                .formatted(COLUMNS))) {
      select.setString(1, purpose.label());
      return read(select).stream().findFirst();
    }
  }

  /** All versions that still open something, the oldest first. */
  List<DatasetRow> live(Connection connection, Purpose purpose) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT %s FROM dataset_key
            WHERE purpose = ? AND state NOT IN ('suspended', 'destroyed') ORDER BY version
            """
                .formatted(COLUMNS))) {
      select.setString(1, purpose.label());
      return read(select);
    }
  }

  /** Versions before that one are handed out no more but for those; they can be brought back. */
  void suspendBefore(Connection connection, Purpose purpose, int version, Set<Integer> kept)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE dataset_key SET state = 'suspended'
            WHERE purpose = ? AND version < ? AND state = 'deactivated' AND version <> ALL (?)
            """)) {
      update.setString(1, purpose.label());
      update.setInt(2, version);
      update.setArray(3, connection.createArrayOf("int4", kept.toArray()));
      update.executeUpdate();
    }
  }

  /** Brings a version back; false when it is not suspended. */
  boolean resume(Connection connection, Purpose purpose, int version) throws SQLException {
    return update(
            connection,
            "SET state = 'deactivated' WHERE purpose = ? AND version = ? AND state = 'suspended'",
            purpose,
            version)
        > 0;
  }

  boolean isAnySuspended(Connection connection, Purpose purpose) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT EXISTS (SELECT FROM dataset_key WHERE purpose = ? AND state = 'suspended')")) {
      select.setString(1, purpose.label());
      try (ResultSet found = select.executeQuery()) {
        found.next();
        return found.getBoolean(1);
      }
    }
  }

  private static int update(Connection connection, String change, Purpose purpose, int version)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement("UPDATE dataset_key " + change)) {
      update.setString(1, purpose.label());
      update.setInt(2, version);
      return update.executeUpdate();
    }
  }

  /**
   * Suspended versions before that one open nothing from now on, here or in a copy of this database
   * made later: their rows hold random bytes. Returns how many there were.
   */
  int destroyBefore(Connection connection, Purpose purpose, int version, SecureRandom random)
      throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT id, octet_length(wrapped) FROM dataset_key
                WHERE purpose = ? AND version < ? AND state = 'suspended' FOR UPDATE
                """);
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE dataset_key SET state = 'destroyed', wrapped = ? WHERE id = ?")) {
      select.setString(1, purpose.label());
      select.setInt(2, version);
      int destroyed = 0;
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          byte[] nothing = new byte[found.getInt(2)];
          random.nextBytes(nothing);
          update.setBytes(1, nothing);
          update.setObject(2, found.getObject(1));
          destroyed += update.executeUpdate();
        }
      }
      return destroyed;
    }
  }

  /** Until the transaction ends nobody else makes a version of this purpose. */
  void lock(Connection connection, Purpose purpose) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT pg_advisory_xact_lock(?, ?)")) {
      lock.setInt(1, TURNOVER_LOCK);
      lock.setInt(2, purpose.ordinal());
      lock.execute();
    }
  }

  int lastVersion(Connection connection, Purpose purpose) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT coalesce(max(version), 0) FROM dataset_key WHERE purpose = ?")) {
      select.setString(1, purpose.label());
      try (ResultSet found = select.executeQuery()) {
        found.next();
        return found.getInt(1);
      }
    }
  }

  /**
   * The next version seals from now on.
   *
   * @throws StaleBranches when it is wrapped under a version that is going: it would be lost
   */
  void replaceActive(Connection connection, Purpose purpose, DatasetRow next) throws SQLException {
    try (PreparedStatement retire =
        connection.prepareStatement(
            "UPDATE dataset_key SET state = 'deactivated' WHERE purpose = ? AND state = 'active'")) {
      retire.setString(1, purpose.label());
      retire.executeUpdate();
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO dataset_key (id, purpose, version, branch, branch_version, state, wrapped)
            SELECT ?, ?, ?, b.id, b.version, 'active', ? FROM branch_key b
            WHERE b.id = ? AND b.version = ? AND NOT b.retiring
            """)) {
      insert.setObject(1, next.ref().id());
      insert.setString(2, purpose.label());
      insert.setInt(3, next.ref().version());
      insert.setBytes(4, next.wrapped());
      insert.setObject(5, next.branch().id());
      insert.setInt(6, next.branch().version());
      if (insert.executeUpdate() != 1) {
        throw new StaleBranches();
      }
    }
  }

  private static List<DatasetRow> read(PreparedStatement statement) throws SQLException {
    List<DatasetRow> rows = new ArrayList<>();
    try (ResultSet found = statement.executeQuery()) {
      while (found.next()) {
        rows.add(
            new DatasetRow(
                new KeyRef(found.getObject(1, UUID.class), found.getInt(2)),
                new KeyRef(found.getObject(3, UUID.class), found.getInt(4)),
                DatasetKey.State.valueOf(found.getString(5).toUpperCase(Locale.ROOT)),
                found.getBytes(6)));
      }
    }
    return rows;
  }
}
