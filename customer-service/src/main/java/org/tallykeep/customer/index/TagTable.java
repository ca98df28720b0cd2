package org.tallykeep.customer.index;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.platform.Tag;
import org.tallykeep.customer.platform.Transactions;

/**
 * A table of tags. Its rows are gone through in the order of their older tags, which is a random
 * one; which of them are done is in the rows themselves.
 */
public final class TagTable implements Reindexed {

  /** As many keys as the key service hands out at once. */
  static final int PORTION = 1_000;

  private static final int FORGOTTEN_AT_ONCE = 10_000;

  private final Transactions transactions;
  private final String table;
  private final String owner;
  private final Values values;

  /**
   * A row that has no newer tag yet.
   *
   * @param owner whose it is
   */
  public record Row(Tag older, UUID owner) {

    /** Its newer tag, if the older one is of the same value; otherwise somebody moved the row. */
    public Map<Tag, Tag> anew(IndexKeys keys, Tags tags) {
      return tags.under(older.version()).equals(older)
          ? Map.of(older, tags.under(keys.versions().newest()))
          : Map.of();
    }
  }

  /**
   * What becomes of rows, by their older tags; one that is in neither stays as it is.
   *
   * @param newer their newer tags
   * @param orphans those whose value is not there any more
   */
  public record Anew(Map<Tag, Tag> newer, Set<Tag> orphans) {}

  /** Knows the values that tags were made of. */
  @FunctionalInterface
  public interface Values {
    Anew anew(IndexKeys keys, List<Row> rows);
  }

  /**
   * @param owner the column of ids by which values are found
   */
  public TagTable(Transactions transactions, String table, String owner, Values values) {
    this.transactions = transactions;
    this.table = table;
    this.owner = owner;
    this.values = values;
  }

  @Override
  public String name() {
    return table;
  }

  @Override
  public void move(IndexVersions versions, Count count) {
    List<Row> rows = List.of();
    do {
      byte[] after = rows.isEmpty() ? new byte[0] : rows.getLast().older.toBytes();
      rows = versions.with(keys -> movePortion(keys, after, count));
    } while (rows.size() == PORTION);
  }

  private List<Row> movePortion(IndexKeys keys, byte[] after, Count count) {
    int older = keys.versions().settled();
    int newer = keys.versions().newest();
    List<Row> rows = transactions.call(c -> portion(c, older, newer, after));
    if (!rows.isEmpty()) {
      Anew anew = values.anew(keys, rows);
      transactions.run(
          c -> {
            keys.hold(c);
            write(c, older, newer, anew);
          });
      count.add(anew.newer.size());
    }
    return rows;
  }

  private List<Row> portion(Connection connection, int older, int newer, byte[] after)
      throws SQLException {
    return Sql.query(
        connection,
        """
        SELECT tag_%1$s, %3$s FROM %4$s WHERE tag_%1$s > ? AND tag_%2$s IS NULL
        ORDER BY tag_%1$s LIMIT ?
        """
            .formatted(Versions.column(older), Versions.column(newer), owner, table),
        row -> new Row(Tag.of(row.getBytes(1), older), row.getObject(2, UUID.class)),
        after,
        PORTION);
  }

  /** A row that was written since has both tags, and one that was replaced is not there. */
  private void write(Connection connection, int older, int newer, Anew anew) throws SQLException {
    List<Tag> before = new ArrayList<>(anew.newer.keySet());
    before.sort(Tag.ORDER);
    Sql.update(
        connection,
        """
        UPDATE %3$s SET tag_%2$s = anew.newer, version_%2$s = ?
        FROM unnest(?, ?) AS anew (older, newer)
        WHERE tag_%1$s = anew.older AND tag_%2$s IS NULL
        """
            .formatted(Versions.column(older), Versions.column(newer), table),
        newer,
        Tag.toArray(before),
        Tag.toArray(before.stream().map(anew.newer::get).toList()));
    Sql.update(
        connection,
        "DELETE FROM %3$s WHERE tag_%1$s = ANY (?) AND tag_%2$s IS NULL"
            .formatted(Versions.column(older), Versions.column(newer), table),
        (Object) Tag.toArray(anew.orphans));
  }

  @Override
  public long left(Connection connection, int version) throws SQLException {
    return Sql.number(
        connection,
        "SELECT count(*) FROM %s WHERE version_%s IS DISTINCT FROM ?"
            .formatted(table, Versions.column(version)),
        version);
  }

  /** By the index of the newer tags: a table of millions is not read for it. */
  @Override
  public boolean isAnyLeft(Connection connection, int version) throws SQLException {
    return Sql.number(
            connection,
            "SELECT count(*) FROM (SELECT FROM %s WHERE tag_%s IS NULL LIMIT 1) AS one"
                .formatted(table, Versions.column(version)))
        > 0;
  }

  @Override
  public long total(Connection connection) throws SQLException {
    return Sql.number(connection, "SELECT count(*) FROM " + table);
  }

  @Override
  public int forget(Connection connection, int version) throws SQLException {
    return Sql.update(
        connection,
        """
        UPDATE %2$s SET tag_%1$s = NULL, version_%1$s = NULL WHERE tag_%1$s IN
            (SELECT tag_%1$s FROM %2$s WHERE version_%1$s < ? ORDER BY tag_%1$s LIMIT ?)
        """
            .formatted(Versions.column(version + 1), table),
        version,
        FORGOTTEN_AT_ONCE);
  }
}
