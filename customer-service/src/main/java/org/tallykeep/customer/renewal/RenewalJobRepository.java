package org.tallykeep.customer.renewal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.platform.Sql;

/** Renewals, and which pseudonyms wait for theirs. */
final class RenewalJobRepository {

  private static final String COLUMNS =
      """
      id, state, index_version, started_at, state_since, ended_at,
      CASE state WHEN 'links' THEN links_total ELSE total END AS all_there_are,
      CASE state WHEN 'links' THEN links_done ELSE done END AS done_of_them
      """;

  private RenewalJobRepository() {}

  /** Begins one unless one is under way. */
  static void begin(Connection connection, UUID id, int indexVersion) throws SQLException {
    Sql.update(
        connection,
        """
        INSERT INTO pseudonym_renewal (id, state, index_version, started_at, state_since)
        VALUES (?, 'waiting', ?, clock_timestamp(), clock_timestamp()) ON CONFLICT DO NOTHING
        """,
        id,
        indexVersion);
  }

  static Optional<Renewal> underWay(Connection connection) throws SQLException {
    return Sql.query(
            connection,
            "SELECT " + COLUMNS + " FROM pseudonym_renewal WHERE state <> 'done'",
            RenewalJobRepository::renewal)
        .stream()
        .findFirst();
  }

  static Optional<Renewal> find(Connection connection, UUID id) throws SQLException {
    return Sql.query(
            connection,
            "SELECT " + COLUMNS + " FROM pseudonym_renewal WHERE id = ?",
            RenewalJobRepository::renewal,
            id)
        .stream()
        .findFirst();
  }

  private static Renewal renewal(ResultSet row) throws SQLException {
    return new Renewal(
        row.getObject("id", UUID.class),
        RenewalState.of(row.getString("state")),
        row.getInt("index_version"),
        row.getLong("all_there_are"),
        row.getLong("done_of_them"),
        row.getTimestamp("started_at").toInstant(),
        row.getTimestamp("state_since").toInstant(),
        instant(row.getTimestamp("ended_at")));
  }

  private static @Nullable Instant instant(@Nullable Timestamp time) {
    return time == null ? null : time.toInstant();
  }

  /**
   * Notes all pseudonyms there are, those of erased buyers as well: one that comes later was
   * nowhere to be read before.
   */
  static long noteAll(Connection connection) throws SQLException {
    return Sql.update(
        connection,
        """
        INSERT INTO purchaser_renewal (old_id, shard)
        SELECT id, get_byte(uuid_send(id), 15) & 63
        FROM (SELECT id FROM purchaser UNION SELECT id FROM purchase_history
              UNION SELECT id FROM purchaser_gone) AS pseudonym
        ORDER BY id
        """);
  }

  /** From one state to the next. */
  static void enter(Connection connection, UUID id, RenewalState state) throws SQLException {
    Sql.update(
        connection,
        """
        UPDATE pseudonym_renewal SET state = ?, state_since = clock_timestamp(),
            ended_at = CASE WHEN ? THEN clock_timestamp() END
        WHERE id = ?
        """,
        state.text(),
        state == RenewalState.DONE,
        id);
  }

  static void setTotal(Connection connection, UUID id, long total) throws SQLException {
    Sql.update(connection, "UPDATE pseudonym_renewal SET total = ? WHERE id = ?", total, id);
  }

  static void addDone(Connection connection, UUID id, int more) throws SQLException {
    Sql.update(connection, "UPDATE pseudonym_renewal SET done = done + ? WHERE id = ?", more, id);
  }

  /** Links are gone through from the first one. */
  static void beginLinks(Connection connection, UUID id, long total) throws SQLException {
    Sql.update(
        connection,
        "UPDATE pseudonym_renewal SET links_total = ?, links_done = 0 WHERE id = ?",
        total,
        id);
  }

  static void addLinks(Connection connection, UUID id, int more) throws SQLException {
    Sql.update(
        connection,
        """
        UPDATE pseudonym_renewal SET links_done = links_done + ?,
            links_total = greatest(links_total, links_done + ?) WHERE id = ?
        """,
        more,
        more,
        id);
  }

  /** In which shards some wait. */
  static List<Integer> shards(Connection connection) throws SQLException {
    return Sql.query(
        connection,
        "SELECT DISTINCT shard FROM purchaser_renewal WHERE sealed IS NULL",
        row -> row.getInt(1));
  }

  /** Some that wait in a shard, drawn by the database. */
  static List<UUID> draw(Connection connection, int shard, Collection<UUID> except, int most)
      throws SQLException {
    return Sql.query(
        connection,
        """
        SELECT old_id FROM purchaser_renewal
        WHERE shard = ? AND sealed IS NULL AND old_id <> ALL (?) ORDER BY random() LIMIT ?
        """,
        row -> row.getObject(1, UUID.class),
        shard,
        Sql.ids(except),
        most);
  }

  static long left(Connection connection) throws SQLException {
    return Sql.number(connection, "SELECT count(*) FROM purchaser_renewal WHERE sealed IS NULL");
  }

  /** Whether anything that is counted or waits for it is under a pseudonym from before. */
  static boolean isAnyNamed(Connection connection) throws SQLException {
    // The nightly rewrite locks purchasers first, too.
    for (String column :
        List.of(
            "purchaser.id",
            "purchaser_gone.id",
            "purchaser_external_id.purchaser_id",
            "purchase_pending.purchaser_id",
            "purchase_parked.purchaser_id",
            "purchaser_rebuild.purchaser_id",
            "purchase_history.id",
            "basket_history.id")) {
      String table = column.substring(0, column.indexOf('.'));
      if (!Sql.query(
              connection,
              "SELECT 1 FROM %s JOIN purchaser_renewal r ON r.old_id = %s LIMIT 1"
                  .formatted(table, column),
              row -> true)
          .isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** Nobody knows any more what became of whom; the file that said so is unlinked. */
  static void forget(Connection connection) throws SQLException {
    if (Sql.query(connection, "SELECT 1 FROM purchaser_renewal LIMIT 1", row -> true).isEmpty()) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      // Who takes their time to read it must not keep everybody waiting: then another turn.
      statement.execute("SET LOCAL lock_timeout = '2s'");
      statement.execute("TRUNCATE purchaser_renewal");
    }
  }
}
