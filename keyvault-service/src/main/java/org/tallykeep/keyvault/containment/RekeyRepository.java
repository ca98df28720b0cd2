package org.tallykeep.keyvault.containment;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.keyvault.access.Purpose.Family;
import org.tallykeep.keyvault.person.ReplacedKeys.Renewed;

/** Rows of {@code rekey}. */
@Singleton
final class RekeyRepository {

  /** Those of some versions that wait, locked in the order in which {@link #want} takes them. */
  private static final String WAITING =
      """
      WITH waiting AS MATERIALIZED (
        SELECT rekey.id
        FROM rekey
        JOIN unnest(?::uuid[], ?::integer[]) AS named (id, version)
          ON rekey.id = named.id AND rekey.to_version = named.version
        WHERE rekey.kind = ? AND NOT rekey.done
        ORDER BY rekey.id
        FOR UPDATE OF rekey)
      """;

  /**
   * Wanted; one that was replaced before is replaced anew, and one whose new version is there
   * already, which may be what was handed out, once more when that is done.
   */
  void want(Connection connection, Family family, List<UUID> ids) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO rekey (kind, id)
            SELECT ?, id FROM unnest(?::uuid[]) AS wanted (id) ORDER BY id
            ON CONFLICT (kind, id) DO UPDATE
            SET again = NOT rekey.done AND rekey.to_version IS NOT NULL, done = false,
              from_version = CASE WHEN rekey.done THEN NULL ELSE rekey.from_version END,
              to_version = CASE WHEN rekey.done THEN NULL ELSE rekey.to_version END
            """)) {
      insert.setString(1, family.label());
      insert.setArray(2, connection.createArrayOf("uuid", ids.toArray()));
      insert.executeUpdate();
    }
  }

  /**
   * So many pseudonyms at random that nobody touched, whether they were replaced before or not; not
   * those that were found to be destroyed.
   *
   * @return how many there were
   */
  int wantOthers(Connection connection, int count) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO rekey (kind, id)
            SELECT 'pseudonym', id FROM (SELECT DISTINCT id FROM pseudonym_key) AS known
            WHERE NOT EXISTS (SELECT FROM rekey
              WHERE rekey.kind = 'pseudonym' AND rekey.id = known.id
                AND (NOT rekey.done OR rekey.to_version IS NULL))
            ORDER BY random() LIMIT ?
            ON CONFLICT (kind, id) DO UPDATE
            SET done = false, from_version = NULL, to_version = NULL
            WHERE rekey.done
            """)) {
      insert.setInt(1, count);
      return insert.executeUpdate();
    }
  }

  long open(Connection connection) throws SQLException {
    return count(connection, "NOT done");
  }

  long unmade(Connection connection) throws SQLException {
    return count(connection, "NOT done AND to_version IS NULL");
  }

  private static long count(Connection connection, String condition) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT count(*) FROM rekey WHERE " + condition);
        ResultSet found = select.executeQuery()) {
      found.next();
      return found.getLong(1);
    }
  }

  /** The next whose new version is to be made. */
  List<UUID> nextUnmade(Connection connection, Family family, int limit) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT id FROM rekey WHERE kind = ? AND NOT done AND to_version IS NULL
            ORDER BY id LIMIT ? FOR UPDATE
            """)) {
      select.setString(1, family.label());
      select.setInt(2, limit);
      List<UUID> ids = new ArrayList<>();
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          ids.add(found.getObject(1, UUID.class));
        }
      }
      return ids;
    }
  }

  /** Their new versions are there; what was not renewed needs none. */
  void made(Connection connection, Family family, List<UUID> ids, Map<UUID, Renewed> renewed)
      throws SQLException {
    try (PreparedStatement update =
            connection.prepareStatement(
                "UPDATE rekey SET from_version = ?, to_version = ?, cannot_be_sealed = false"
                    + " WHERE kind = ? AND id = ?");
        PreparedStatement end =
            connection.prepareStatement("UPDATE rekey SET done = true WHERE kind = ? AND id = ?")) {
      for (UUID id : ids) {
        Renewed versions = renewed.get(id);
        if (versions == null) {
          end.setString(1, family.label());
          end.setObject(2, id);
          end.addBatch();
        } else {
          update.setInt(1, versions.from());
          update.setInt(2, versions.to());
          update.setString(3, family.label());
          update.setObject(4, id);
          update.addBatch();
        }
      }
      update.executeBatch();
      end.executeBatch();
    }
  }

  /**
   * Those that wait to be sealed anew.
   *
   * @param family of that one; of all when empty
   * @param after only those of later ids
   * @param left only those of which something cannot be
   */
  List<Rekey> waiting(
      Connection connection, Optional<Family> family, Optional<UUID> after, boolean left, int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT kind, id, from_version, to_version, cannot_be_sealed FROM rekey
            WHERE NOT done AND to_version IS NOT NULL
              AND (?::text IS NULL OR kind = ?) AND (?::uuid IS NULL OR id > ?)
              AND (NOT ? OR cannot_be_sealed)
            ORDER BY kind, id LIMIT ?
            """)) {
      String kind = family.map(Family::label).orElse(null);
      select.setString(1, kind);
      select.setString(2, kind);
      select.setObject(3, after.orElse(null));
      select.setObject(4, after.orElse(null));
      select.setBoolean(5, left);
      select.setInt(6, limit);
      List<Rekey> waiting = new ArrayList<>();
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          waiting.add(
              new Rekey(
                  Family.valueOf(found.getString(1).toUpperCase(Locale.ROOT)),
                  found.getObject(2, UUID.class),
                  found.getInt(3),
                  found.getInt(4),
                  found.getBoolean(5)));
        }
      }
      return waiting;
    }
  }

  /** Of these something cannot be sealed now. */
  int left(Connection connection, Family family, List<KeyRef> left) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            WAITING
                + """
                UPDATE rekey SET cannot_be_sealed = true
                FROM waiting WHERE rekey.kind = ? AND rekey.id = waiting.id
                """)) {
      setWaiting(update, family, left);
      return update.executeUpdate();
    }
  }

  /**
   * Everything is sealed under these; those that were exposed meanwhile are wanted anew.
   *
   * @return the versions that they replace
   */
  List<KeyRef> done(Connection connection, Family family, List<KeyRef> sealed) throws SQLException {
    return done(connection, family, sealed, "");
  }

  /** As {@link #done}, of those alone of which something cannot be sealed. */
  List<KeyRef> givenUp(Connection connection, Family family, List<KeyRef> left)
      throws SQLException {
    return done(connection, family, left, "AND rekey.cannot_be_sealed");
  }

  private static List<KeyRef> done(
      Connection connection, Family family, List<KeyRef> refs, String condition)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            WAITING
                + """
                UPDATE rekey SET done = true, cannot_be_sealed = false
                FROM waiting WHERE rekey.kind = ? AND rekey.id = waiting.id
                """
                + condition
                + " RETURNING rekey.id, rekey.from_version")) {
      setWaiting(update, family, refs);
      List<KeyRef> replaced = new ArrayList<>();
      try (ResultSet found = update.executeQuery()) {
        while (found.next()) {
          replaced.add(new KeyRef(found.getObject(1, UUID.class), found.getInt(2)));
        }
      }
      onceMore(connection, family, replaced);
      return replaced;
    }
  }

  private static void setWaiting(PreparedStatement statement, Family family, List<KeyRef> refs)
      throws SQLException {
    Connection connection = statement.getConnection();
    statement.setArray(
        1, connection.createArrayOf("uuid", refs.stream().map(KeyRef::id).toArray()));
    statement.setArray(
        2, connection.createArrayOf("integer", refs.stream().map(KeyRef::version).toArray()));
    statement.setString(3, family.label());
    statement.setString(4, family.label());
  }

  private static void onceMore(Connection connection, Family family, List<KeyRef> replaced)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE rekey SET done = false, again = false, from_version = NULL, to_version = NULL
            WHERE kind = ? AND id = ANY (?) AND done AND again
            """)) {
      update.setString(1, family.label());
      update.setArray(
          2, connection.createArrayOf("uuid", replaced.stream().map(KeyRef::id).toArray()));
      update.executeUpdate();
    }
  }

  /** Versions put aside longer ago than any backup that needs them. */
  int forgetAside(Connection connection, long days) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM compromised_key WHERE since < current_date - ?::integer")) {
      delete.setLong(1, days);
      return delete.executeUpdate();
    }
  }
}
