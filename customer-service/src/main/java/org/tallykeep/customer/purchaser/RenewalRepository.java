package org.tallykeep.customer.purchaser;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.tallykeep.customer.platform.Sql;

/** Which pseudonyms are of before a renewal, and sealed, what they became. */
final class RenewalRepository {

  private RenewalRepository() {}

  /** Whether links may name pseudonyms from before. */
  static boolean isUnderWay(Connection connection) throws SQLException {
    return Sql.number(
            connection,
            """
            SELECT count(*) FROM pseudonym_renewal
            WHERE state IN ('waiting', 'pseudonyms', 'links')
            """)
        > 0;
  }

  /** How many pseudonyms were ever renewed. */
  static long renewed(Connection connection) throws SQLException {
    return Sql.number(connection, "SELECT coalesce(sum(done), 0) FROM pseudonym_renewal");
  }

  /**
   * What became of some pseudonyms.
   *
   * @param over how many renewals nothing is known of any more
   * @param records the new ones, sealed, of those that were renewed since
   */
  record Found(long over, Map<UUID, byte[]> records) {}

  /** One statement, so that both are of one moment. */
  static Found find(Connection connection, Collection<UUID> pseudonyms) throws SQLException {
    Map<UUID, byte[]> sealed = new HashMap<>();
    List<Long> over =
        Sql.query(
            connection,
            """
            SELECT (SELECT count(*) FROM pseudonym_renewal WHERE state IN ('index', 'done')),
                r.old_id, r.sealed
            FROM (SELECT) AS one
            LEFT JOIN purchaser_renewal r ON r.old_id = ANY (?) AND r.sealed IS NOT NULL
            """,
            row -> {
              UUID old = row.getObject(2, UUID.class);
              if (old != null) {
                sealed.put(old, row.getBytes(3));
              }
              return row.getLong(1);
            },
            (Object) Sql.ids(pseudonyms));
    return new Found(over.getFirst(), sealed);
  }

  /** Everything of these has moved; how many of them were waiting for it. */
  static int remember(Connection connection, Map<UUID, byte[]> sealed) throws SQLException {
    return Sql.update(
        connection,
        """
        UPDATE purchaser_renewal r SET sealed = renewed.sealed
        FROM unnest(?, ?) AS renewed (old_id, sealed)
        WHERE r.old_id = renewed.old_id AND r.sealed IS NULL
        """,
        Sql.ids(sealed.keySet()),
        sealed.values().toArray(byte[][]::new));
  }

  /** Anonymous buyers who stand under a pseudonym that was renewed, some of them. */
  static List<UUID> anonymousOfBefore(Connection connection, int most) throws SQLException {
    return Sql.query(
        connection,
        """
        SELECT e.purchaser_id
        FROM purchaser_external_id e JOIN purchaser_renewal r ON r.old_id = e.purchaser_id
        WHERE r.sealed IS NOT NULL ORDER BY e.purchaser_id LIMIT ?
        """,
        row -> row.getObject(1, UUID.class),
        most);
  }
}
