package org.tallykeep.customer.purchaser;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.tallykeep.customer.index.Tags;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.platform.Tag;

/** The customer side: links, tags of external ids, who waits for the mixer. */
final class LinkRepository {

  private static final int LOCK_SPACE = 0x7461_6c6c;
  private static final int FETCH = 10_000;

  private LinkRepository() {}

  /**
   * Holds other transactions off that would give these new ids a customer or a purchaser. An
   * advisory lock, because it leaves nothing in any row.
   */
  static void lockNew(Connection connection, Collection<ExternalId> ids) throws SQLException {
    // In ascending order, so that two batches never wait for each other.
    Integer[] stripes =
        ids.stream().map(ExternalId::stripe).distinct().sorted().toArray(Integer[]::new);
    Sql.query(
        connection,
        "SELECT pg_advisory_xact_lock(?, stripe) FROM unnest(?) AS stripe",
        row -> true,
        LOCK_SPACE,
        stripes);
  }

  static Map<Tag, UUID> customersByTag(Connection connection, Collection<Tags> tags)
      throws SQLException {
    Map<Tag, UUID> found = new HashMap<>();
    Sql.query(
        connection,
        """
        SELECT tag_a, version_a, customer_id FROM customer_external_id WHERE tag_a = ANY (?)
        UNION ALL
        SELECT tag_b, version_b, customer_id FROM customer_external_id WHERE tag_b = ANY (?)
        """,
        row -> found.put(Tag.of(row.getBytes(1), row.getInt(2)), row.getObject(3, UUID.class)),
        Tags.inColumn("a", tags),
        Tags.inColumn("b", tags));
    return found;
  }

  static List<Link> links(Connection connection, Collection<UUID> customers) throws SQLException {
    return Sql.query(
        connection,
        "SELECT customer_id, revision, link FROM customer_link WHERE customer_id = ANY (?)",
        row -> new Link(row.getObject(1, UUID.class), row.getInt(2), row.getBytes(3)),
        (Object) Sql.ids(customers));
  }

  /** As {@link #links}; nobody else seals them anew as long as the transaction lasts. */
  static List<Link> lock(Connection connection, Collection<UUID> customers) throws SQLException {
    return Sql.query(
        connection,
        """
        SELECT customer_id, revision, link FROM customer_link WHERE customer_id = ANY (?)
        ORDER BY customer_id FOR UPDATE
        """,
        row -> new Link(row.getObject(1, UUID.class), row.getInt(2), row.getBytes(3)),
        (Object) Sql.ids(customers));
  }

  /** The next customers in the order of their ids, which is a random one. */
  static List<UUID> after(Connection connection, UUID customer, int most) throws SQLException {
    return Sql.query(
        connection,
        "SELECT customer_id FROM customer_link WHERE customer_id > ? ORDER BY customer_id LIMIT ?",
        row -> row.getObject(1, UUID.class),
        customer,
        most);
  }

  /** Writes a link that was sealed anew. */
  static void update(Connection connection, Link link) throws SQLException {
    Sql.update(
        connection,
        "UPDATE customer_link SET link = ? WHERE customer_id = ? AND revision = ?",
        link.sealed(),
        link.customer(),
        link.revision());
  }

  /** Writes links that were sealed anew, in the order given. */
  static void update(Connection connection, List<Link> links) throws SQLException {
    Sql.update(
        connection,
        """
        UPDATE customer_link SET link = written.link
        FROM unnest(?, ?, ?) AS written (customer_id, revision, link)
        WHERE customer_link.customer_id = written.customer_id
            AND customer_link.revision = written.revision
        """,
        links.stream().map(Link::customer).toArray(UUID[]::new),
        links.stream().map(Link::revision).toArray(Integer[]::new),
        links.stream().map(Link::sealed).toArray(byte[][]::new));
  }

  static long count(Connection connection) throws SQLException {
    return Sql.number(connection, "SELECT count(*) FROM customer_link");
  }

  static void eachCustomer(Connection connection, Consumer<UUID> visitor) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCH);
      try (ResultSet rows = statement.executeQuery("SELECT customer_id FROM customer_link")) {
        while (rows.next()) {
          visitor.accept(rows.getObject(1, UUID.class));
        }
      }
    }
  }

  /** One of a customer's external ids. */
  record OwnedTags(UUID customer, Tags tags) {}

  static void insert(Connection connection, List<Link> links, List<OwnedTags> ids)
      throws SQLException {
    UUID[] customers = links.stream().map(Link::customer).toArray(UUID[]::new);
    Sql.update(
        connection,
        "INSERT INTO customer_link SELECT * FROM unnest(?, ?, ?)",
        customers,
        links.stream().map(Link::revision).toArray(Integer[]::new),
        links.stream().map(Link::sealed).toArray(byte[][]::new));
    Sql.update(
        connection, "INSERT INTO customer_to_mix SELECT * FROM unnest(?)", (Object) customers);
    insertExternalIds(connection, ids);
  }

  static void insertExternalIds(Connection connection, List<OwnedTags> ids) throws SQLException {
    Tags.Columns columns = Tags.toWrite(ids.stream().map(OwnedTags::tags).toList());
    Sql.update(
        connection,
        """
        INSERT INTO customer_external_id (customer_id, tag_a, version_a, tag_b, version_b)
        SELECT * FROM unnest(?, ?, ?, ?, ?)
        """,
        ids.stream().map(OwnedTags::customer).toArray(UUID[]::new),
        columns.a(),
        columns.versionsA(),
        columns.b(),
        columns.versionsB());
  }

  static void deleteExternalIds(Connection connection, UUID customer, List<Tags> ids)
      throws SQLException {
    Sql.update(
        connection,
        """
        DELETE FROM customer_external_id
        WHERE customer_id = ? AND (tag_a = ANY (?) OR tag_b = ANY (?))
        """,
        customer,
        Tags.inColumn("a", ids),
        Tags.inColumn("b", ids));
  }

  static long countWaiting(Connection connection) throws SQLException {
    return Sql.number(connection, "SELECT count(*) FROM customer_to_mix");
  }

  /** Some customers who wait, drawn by the database. */
  static List<UUID> waiting(Connection connection, int most) throws SQLException {
    return Sql.query(
        connection,
        "SELECT customer_id FROM customer_to_mix ORDER BY random() LIMIT ?",
        row -> row.getObject(1, UUID.class),
        most);
  }

  static void mixed(Connection connection, Collection<UUID> customers) throws SQLException {
    Sql.update(
        connection,
        "DELETE FROM customer_to_mix WHERE customer_id = ANY (?)",
        (Object) Sql.ids(customers));
  }
}
