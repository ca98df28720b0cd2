package org.tallykeep.customer.profile;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.index.Tags;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.platform.Tag;

/** The rows of tags, alike for all that customers are found by. */
final class CustomerTagRepository {

  private static final String EITHER =
      " FROM %1$s WHERE tag_a = ANY (?) UNION ALL SELECT %2$s FROM %1$s WHERE tag_b = ANY (?)";

  private CustomerTagRepository() {}

  /**
   * Which tags are taken.
   *
   * @param but not by that customer, whose rows go
   */
  static Set<Tag> existing(
      Connection connection, TagField field, List<Tags> tags, @Nullable UUID but)
      throws SQLException {
    Set<Tag> taken = new HashSet<>();
    Sql.query(
        connection,
        "SELECT tag_a, version_a, customer_id"
            + EITHER.formatted(field.table(), "tag_b, version_b, customer_id"),
        row ->
            !row.getObject(3, UUID.class).equals(but)
                && taken.add(Tag.of(row.getBytes(1), row.getInt(2))),
        Tags.inColumn("a", tags),
        Tags.inColumn("b", tags));
    return taken;
  }

  static Set<UUID> customers(Connection connection, TagField field, List<Tags> tags)
      throws SQLException {
    return new HashSet<>(
        Sql.query(
            connection,
            "SELECT customer_id" + EITHER.formatted(field.table(), "customer_id"),
            row -> row.getObject(1, UUID.class),
            Tags.inColumn("a", tags),
            Tags.inColumn("b", tags)));
  }

  /** Writes those that nobody has yet and returns them. */
  static Set<Tags> insert(Connection connection, TagField field, List<CustomerTags.Owned> tags)
      throws SQLException {
    Map<Tags, UUID> owners =
        tags.stream()
            .collect(Collectors.toMap(CustomerTags.Owned::tags, CustomerTags.Owned::customer));
    // In one order everywhere, so that two batches that meet never wait for each other in turn.
    List<Tags> sorted = owners.keySet().stream().sorted(Tags.ORDER).toList();
    Tags.Columns columns = Tags.toWrite(sorted);
    return new HashSet<>(
        Sql.query(
            connection,
            """
            INSERT INTO %s (tag_a, version_a, tag_b, version_b, customer_id)
            SELECT * FROM unnest(?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING RETURNING tag_a, version_a, tag_b, version_b
            """
                .formatted(field.table()),
            row -> Tags.of(row, 1),
            columns.a(),
            columns.versionsA(),
            columns.b(),
            columns.versionsB(),
            sorted.stream().map(owners::get).toArray(UUID[]::new)));
  }

  /** The newest tag of each of a customer's rows in a table. */
  static List<Tag> newestOf(Connection connection, String table, UUID customer)
      throws SQLException {
    return Sql.query(
        connection,
        "SELECT tag_a, version_a, tag_b, version_b FROM %s WHERE customer_id = ?".formatted(table),
        row -> Tags.of(row, 1).all().getLast(),
        customer);
  }

  static void deleteOf(Connection connection, String table, UUID customer) throws SQLException {
    Sql.update(connection, "DELETE FROM %s WHERE customer_id = ?".formatted(table), customer);
  }
}
