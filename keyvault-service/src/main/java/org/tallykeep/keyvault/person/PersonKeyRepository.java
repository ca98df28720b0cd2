package org.tallykeep.keyvault.person;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.keyvault.access.Purpose.Family;
import org.tallykeep.keyvault.branch.StaleBranches;
import org.tallykeep.keyvault.platform.Database;

/** Rows of {@code subject_key} and {@code pseudonym_key}, a batch in one statement. */
@Singleton
final class PersonKeyRepository {

  private static final String INSERT =
      """
      INSERT INTO %s (id, version, branch, branch_version, wrapped)
      SELECT new.* FROM unnest(?::uuid[], ?::integer[], ?::uuid[], ?::integer[], ?::bytea[])
        AS new (id, version, branch, branch_version, wrapped)
      JOIN branch_key b ON b.id = new.branch AND b.version = new.branch_version AND NOT b.retiring
      ORDER BY 1
      """;
  private static final String SELECT =
      """
      SELECT id, version, branch, branch_version, wrapped
      FROM unnest(?::uuid[], ?::integer[]) AS wanted (id, version)
      JOIN %s USING (id, version)
      """;

  private static final int FETCH = 5_000;

  private final Database database;

  PersonKeyRepository(Database database) {
    this.database = database;
  }

  /**
   * In the order of ids, not in the order in which the caller gets them.
   *
   * @throws StaleBranches when one is wrapped under a version that is going: it would be lost
   */
  void insert(Family family, List<PersonKeyRow> rows, boolean decoys) {
    database.run(
        connection -> {
          insert(connection, family, rows);
          // Always, also by nothing: else the transactions that counted would be those of decoys.
          count(connection, family, decoys ? rows.size() : 0);
        });
  }

  /** All rows of these keys, every version, locked until the transaction ends. */
  List<PersonKeyRow> lock(Connection connection, Family family, List<UUID> ids)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT id, version, branch, branch_version, wrapped FROM %s
            WHERE id = ANY (?) ORDER BY id, version FOR UPDATE
            """
                .formatted(table(family)))) {
      select.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
      return new ArrayList<>(read(select).values());
    }
  }

  /** The highest version that any key has; 1 when none was replaced yet. */
  int highestVersion(Connection connection, Family family) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT coalesce(max(version), 1) FROM %s WHERE version > 1"
                    .formatted(table(family)));
        ResultSet found = select.executeQuery()) {
      found.next();
      return found.getInt(1);
    }
  }

  /**
   * Replaces what is wrapped.
   *
   * @param decoys how many of the rows were decoys
   */
  void overwrite(Connection connection, Family family, List<PersonKeyRow> rows, int decoys)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE %s AS known SET wrapped = fresh.wrapped
            FROM unnest(?::uuid[], ?::integer[], ?::bytea[]) AS fresh (id, version, wrapped)
            WHERE known.id = fresh.id AND known.version = fresh.version
            """
                .formatted(table(family)))) {
      setRefs(update, 1, rows, PersonKeyRow::ref);
      byte[][] wrapped = rows.stream().map(PersonKeyRow::wrapped).toArray(byte[][]::new);
      update.setArray(3, connection.createArrayOf("bytea", wrapped));
      update.executeUpdate();
    }
    // Always, also by nothing, as when keys are made.
    try (PreparedStatement fewer =
        connection.prepareStatement(
            "UPDATE decoy_count SET count = greatest(0, count - ?) WHERE kind = ?")) {
      fewer.setInt(1, decoys);
      fewer.setString(2, family.label());
      fewer.executeUpdate();
    }
  }

  /** More versions of keys that are there. */
  void add(Connection connection, Family family, List<PersonKeyRow> rows) throws SQLException {
    insert(connection, family, rows);
  }

  /** Moves versions to where only those that are being replaced are looked for. */
  void putAside(Connection connection, Family family, List<KeyRef> versions) throws SQLException {
    try (PreparedStatement move =
        connection.prepareStatement(
            """
            WITH gone AS (
              DELETE FROM %s AS t USING unnest(?::uuid[], ?::integer[]) AS old (id, version)
              WHERE t.id = old.id AND t.version = old.version
              RETURNING t.id, t.version, t.branch, t.branch_version, t.wrapped)
            INSERT INTO compromised_key
              (kind, id, version, branch, branch_version, wrapped, since)
            SELECT ?, id, version, branch, branch_version, wrapped, current_date
            FROM gone ORDER BY id
            """
                .formatted(table(family)))) {
      setRefs(move, 1, versions, ref -> ref);
      move.setString(3, family.label());
      move.executeUpdate();
    }
  }

  /** Of keys that are being replaced or were, versions wherever they are. */
  Map<KeyRef, PersonKeyRow> findReplaced(Family family, List<KeyRef> refs) {
    return database.statement(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  """
                  SELECT id, version, branch, branch_version, wrapped
                  FROM unnest(?::uuid[], ?::integer[]) AS wanted (id, version)
                  JOIN (SELECT id, version, branch, branch_version, wrapped FROM %s AS live
                        WHERE EXISTS (SELECT 1 FROM rekey
                          WHERE kind = ? AND rekey.id = live.id AND NOT rekey.done)
                        UNION ALL
                        SELECT id, version, branch, branch_version, wrapped FROM compromised_key
                        WHERE kind = ?) AS known USING (id, version)
                  """
                      .formatted(table(family)))) {
            setRefs(select, 1, refs, ref -> ref);
            select.setString(3, family.label());
            select.setString(4, family.label());
            return read(select);
          }
        });
  }

  /** Of destroyed keys nothing is kept aside. */
  void forgetReplaced(Connection connection, Family family, List<UUID> ids) throws SQLException {
    for (String table : List.of("compromised_key", "rekey")) {
      try (PreparedStatement delete =
          connection.prepareStatement(
              "DELETE FROM %s WHERE kind = ? AND id = ANY (?)".formatted(table))) {
        delete.setString(1, family.label());
        delete.setArray(2, connection.createArrayOf("uuid", ids.toArray()));
        delete.executeUpdate();
      }
    }
  }

  /** The ids of all keys of a family, without holding them all. */
  void forEachId(Family family, Consumer<UUID> reader) {
    database.run(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT DISTINCT id FROM %s ORDER BY id".formatted(table(family)))) {
            select.setFetchSize(FETCH);
            try (ResultSet found = select.executeQuery()) {
              while (found.next()) {
                reader.accept(found.getObject(1, UUID.class));
              }
            }
          }
        });
  }

  long decoys(Family family) {
    return database.statement(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement("SELECT count FROM decoy_count WHERE kind = ?")) {
            select.setString(1, family.label());
            try (ResultSet found = select.executeQuery()) {
              return found.next() ? found.getLong(1) : 0L;
            }
          }
        });
  }

  private static void count(Connection connection, Family family, int more) throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            """
            INSERT INTO decoy_count AS known (kind, count) VALUES (?, ?)
            ON CONFLICT (kind) DO UPDATE SET count = known.count + excluded.count
            """)) {
      upsert.setString(1, family.label());
      upsert.setInt(2, more);
      upsert.executeUpdate();
    }
  }

  private static void insert(Connection connection, Family family, List<PersonKeyRow> rows)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT.formatted(table(family)))) {
      setRefs(insert, 1, rows, PersonKeyRow::ref);
      setRefs(insert, 3, rows, PersonKeyRow::branch);
      byte[][] wrapped = rows.stream().map(PersonKeyRow::wrapped).toArray(byte[][]::new);
      insert.setArray(5, connection.createArrayOf("bytea", wrapped));
      if (insert.executeUpdate() != rows.size()) {
        throw new StaleBranches();
      }
    }
  }

  Map<KeyRef, PersonKeyRow> find(Family family, List<KeyRef> refs) {
    return database.statement(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(SELECT.formatted(table(family)))) {
            setRefs(select, 1, refs, ref -> ref);
            return read(select);
          }
        });
  }

  private static Map<KeyRef, PersonKeyRow> read(PreparedStatement select) throws SQLException {
    Map<KeyRef, PersonKeyRow> rows = new HashMap<>();
    try (ResultSet found = select.executeQuery()) {
      while (found.next()) {
        KeyRef ref = new KeyRef(found.getObject(1, UUID.class), found.getInt(2));
        KeyRef branch = new KeyRef(found.getObject(3, UUID.class), found.getInt(4));
        rows.put(ref, new PersonKeyRow(ref, branch, found.getBytes(5)));
      }
    }
    return rows;
  }

  private static <T> void setRefs(
      PreparedStatement statement, int at, List<T> items, Function<T, KeyRef> ref)
      throws SQLException {
    Connection connection = statement.getConnection();
    Object[] ids = items.stream().map(item -> ref.apply(item).id()).toArray();
    Object[] versions = items.stream().map(item -> ref.apply(item).version()).toArray();
    statement.setArray(at, connection.createArrayOf("uuid", ids));
    statement.setArray(at + 1, connection.createArrayOf("integer", versions));
  }

  private static String table(Family family) {
    return switch (family) {
      case SUBJECT -> "subject_key";
      case PSEUDONYM -> "pseudonym_key";
      case DATASET -> throw new IllegalArgumentException("dataset keys have a table of their own");
    };
  }
}
