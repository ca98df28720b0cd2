package org.tallykeep.customer.purchaser;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.customer.platform.Sql;

/** Purchasers who are erased. Writes to the purchasers' side alone. */
public final class PurchaserErasure {

  private PurchaserErasure() {}

  /** The key of a purchaser, which no transaction writes beside anything of their customer. */
  public static Optional<UUID> keyOf(Connection connection, UUID purchaser) throws SQLException {
    return Sql.query(
            connection,
            """
            SELECT encode(substring(reidentify FROM 3 FOR 16), 'hex')::uuid
            FROM purchaser WHERE id = ?
            """,
            row -> row.getObject(1, UUID.class),
            purchaser)
        .stream()
        .findFirst();
  }

  /**
   * From now on no purchase is taken for them, not even by whoever knows the pseudonym already, and
   * nobody finds it by an external id.
   */
  public static void close(Connection connection, UUID purchaser) throws SQLException {
    Sql.update(
        connection, "INSERT INTO purchaser_gone VALUES (?) ON CONFLICT DO NOTHING", purchaser);
    PurchaserRepository.deleteAnonymous(connection, List.of(purchaser));
  }

  /** Those of them for whom nothing is taken any more. */
  public static Set<UUID> goneAmong(Connection connection, Collection<UUID> purchasers)
      throws SQLException {
    return new HashSet<>(
        Sql.query(
            connection,
            "SELECT id FROM purchaser_gone WHERE id = ANY (?)",
            row -> row.getObject(1, UUID.class),
            (Object) Sql.ids(purchasers)));
  }

  /**
   * Removes the purchaser.
   *
   * @return false if that was done before
   */
  public static boolean remove(Connection connection, UUID purchaser) throws SQLException {
    return Sql.update(connection, "DELETE FROM purchaser WHERE id = ?", purchaser) > 0;
  }

  /** Some purchasers in the order of their random ids, by their keys; none after the last. */
  public static Page after(Connection connection, UUID last, int most) throws SQLException {
    Map<UUID, UUID> byKey = new HashMap<>();
    List<UUID> ids = new ArrayList<>();
    Sql.query(
        connection,
        """
        SELECT id, encode(substring(reidentify FROM 3 FOR 16), 'hex')::uuid
        FROM purchaser WHERE id > ? ORDER BY id LIMIT ?
        """,
        row -> {
          UUID id = row.getObject(1, UUID.class);
          return ids.add(id) && byKey.put(row.getObject(2, UUID.class), id) == null;
        },
        last,
        most);
    return new Page(byKey, ids.isEmpty() ? Optional.empty() : Optional.of(ids.getLast()));
  }

  /**
   * Some purchasers.
   *
   * @param byKey who they are, by the keys that their records name
   * @param last the last of them, if there are any
   */
  public record Page(Map<UUID, UUID> byKey, Optional<UUID> last) {}
}
