package org.tallykeep.customer.traits;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.tallykeep.customer.platform.Sql;

/** Who waits, on the customer's side alone. */
public final class ToDescribe {

  private ToDescribe() {}

  /**
   * A customer who waits.
   *
   * @param ticket another one since they changed again
   */
  record Waiting(UUID customer, UUID ticket) {}

  /** Has customers wait, within the transaction that changes what is known of them. */
  public static void add(Connection connection, Collection<UUID> customers) throws SQLException {
    if (customers.isEmpty()) {
      return;
    }
    Sql.update(
        connection,
        """
        INSERT INTO customer_to_describe
        SELECT id, gen_random_uuid() FROM unnest(?) AS id ORDER BY id
        ON CONFLICT (customer_id) DO UPDATE SET ticket = excluded.ticket
        """,
        (Object) Sql.ids(customers));
  }

  static long count(Connection connection) throws SQLException {
    return Sql.number(connection, "SELECT count(*) FROM customer_to_describe");
  }

  /** Some of those who wait, drawn by the database, but none of these. */
  static List<Waiting> some(Connection connection, int most, Collection<UUID> without)
      throws SQLException {
    return Sql.query(
        connection,
        """
        SELECT customer_id, ticket FROM customer_to_describe
        WHERE customer_id <> ALL (?) ORDER BY random() LIMIT ?
        """,
        row -> new Waiting(row.getObject(1, UUID.class), row.getObject(2, UUID.class)),
        Sql.ids(without),
        most);
  }

  /** Those who have changed again since they were read go on waiting. */
  static void described(Connection connection, List<Waiting> done) throws SQLException {
    Sql.update(
        connection,
        """
        DELETE FROM customer_to_describe waiting
        USING unnest(?, ?) AS done (customer_id, ticket)
        WHERE waiting.customer_id = done.customer_id AND waiting.ticket = done.ticket
        """,
        done.stream().map(Waiting::customer).toArray(UUID[]::new),
        done.stream().map(Waiting::ticket).toArray(UUID[]::new));
  }
}
