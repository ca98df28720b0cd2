package org.tallykeep.customer.aggregate;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.tallykeep.aggregates.Dataset;
import org.tallykeep.customer.ledger.ShardIds;
import org.tallykeep.customer.platform.Sql;

/** The rows of the datasets, whose tables are all alike. */
final class AggregateRepository {

  private AggregateRepository() {}

  static SealedRow row(Dataset dataset, ResultSet row) throws SQLException {
    return new SealedRow(
        dataset,
        row.getObject("id", UUID.class),
        row.getInt("shard"),
        row.getLong("revision"),
        row.getBytes("sealed"));
  }

  /** Whether a shard holds anything at all. */
  static boolean anyRow(Connection connection, Dataset dataset, int shard) throws SQLException {
    return !Sql.query(
            connection,
            "SELECT 1 FROM " + dataset.kind() + " WHERE shard = ? LIMIT 1",
            row -> row.getInt(1),
            shard)
        .isEmpty();
  }

  static List<SealedRow> find(Connection connection, Dataset dataset, Collection<UUID> ids)
      throws SQLException {
    return Sql.query(
        connection,
        "SELECT id, shard, revision, sealed FROM " + dataset.kind() + " WHERE id = ANY (?)",
        row -> row(dataset, row),
        (Object) Sql.ids(ids));
  }

  /** Some histories of a shard, drawn by the database, but none of these. */
  static List<UUID> someHistories(
      Connection connection, int shard, int most, Collection<UUID> without) throws SQLException {
    return Sql.query(
        connection,
        """
        SELECT id FROM purchase_history WHERE shard = ? AND id <> ALL (?)
        ORDER BY random() LIMIT ?
        """,
        row -> row.getObject(1, UUID.class),
        shard,
        Sql.ids(without),
        most);
  }

  /** Takes a row. */
  @FunctionalInterface
  interface Visitor {
    void visit(SealedRow row);
  }

  /** All rows of a shard one after the other. */
  static void each(Connection connection, Dataset dataset, int shard, Visitor visitor)
      throws SQLException {
    Sql.each(
        connection,
        200,
        "SELECT id, shard, revision, sealed FROM " + dataset.kind() + " WHERE shard = ?",
        row -> visitor.visit(row(dataset, row)),
        shard);
  }

  /** The pseudonyms with a row that belongs into a shard, whatever shard the row says. */
  static List<UUID> pseudonyms(Connection connection, Dataset dataset, int shard)
      throws SQLException {
    return ShardIds.of(connection, dataset.kind(), "id", shard);
  }

  /** Writes rows, new or in place of others; a row never moves to another shard. */
  static void put(Connection connection, Dataset dataset, List<SealedRow> rows)
      throws SQLException {
    write(
        connection,
        dataset,
        rows,
        """
        ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, sealed = excluded.sealed
        WHERE %1$s.shard = excluded.shard
        """
            .formatted(dataset.kind()));
  }

  /** Writes rows in this order that are not there yet. */
  static void insert(Connection connection, Dataset dataset, List<SealedRow> rows)
      throws SQLException {
    write(connection, dataset, rows, "");
  }

  private static void write(
      Connection connection, Dataset dataset, List<SealedRow> rows, String otherwise)
      throws SQLException {
    int written =
        Sql.update(
            connection,
            """
            INSERT INTO %s (id, shard, revision, sealed)
            SELECT u.id, u.shard, u.revision, u.sealed
            FROM unnest(?::uuid[], ?::int[], ?::bigint[], ?::bytea[]) AS u(id, shard, revision, sealed)
            """
                    .formatted(dataset.kind())
                + otherwise,
            Sql.ids(rows.stream().map(SealedRow::id).toList()),
            rows.stream().map(SealedRow::shard).toArray(Integer[]::new),
            connection.createArrayOf(
                "bigint", rows.stream().map(SealedRow::revision).toArray(Long[]::new)),
            rows.stream().map(SealedRow::sealed).toArray(byte[][]::new));
    if (written != rows.size()) {
      throw new IllegalStateException("a row of " + dataset.kind() + " stands in another shard");
    }
  }

  static void delete(Connection connection, Dataset dataset, Collection<UUID> ids)
      throws SQLException {
    Sql.update(
        connection, "DELETE FROM " + dataset.kind() + " WHERE id = ANY (?)", (Object) Sql.ids(ids));
  }
}
