package org.tallykeep.customer.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.tallykeep.customer.ledger.LedgerRepository.Portion;
import org.tallykeep.customer.ledger.LedgerRepository.StatedRow;
import org.tallykeep.customer.ledger.LedgerRepository.StoredRow;
import org.tallykeep.customer.platform.Sql;

/** The ledger page by page, in the order of random ids. */
final class PurchasePageRepository {

  private PurchasePageRepository() {}

  static long count(Connection connection) throws SQLException {
    return Sql.number(connection, "SELECT count(*) FROM purchase");
  }

  /** The next purchases of a partition behind an id. */
  static List<StatedRow> behind(Connection connection, int partition, UUID id, Portion portion)
      throws SQLException {
    return Sql.query(
        connection,
        """
        SELECT id, purchaser_id, sealed,
            EXISTS (SELECT FROM purchase_void v WHERE v.purchase_id = sized.id) AS corrected
        FROM (SELECT n.*, row_number() OVER w AS place, sum(octet_length(sealed)) OVER w AS bytes
              FROM (SELECT id, purchaser_id, sealed FROM purchase
                    WHERE partition = ? AND id > ? ORDER BY id LIMIT ?) AS n
              WINDOW w AS (ORDER BY id)) AS sized
        WHERE place = 1 OR bytes <= ?
        ORDER BY id
        """,
        row -> new StatedRow(StoredRow.of(row), row.getBoolean("corrected")),
        partition,
        id,
        portion.rows(),
        portion.bytes());
  }

  /** The first partition behind that one. */
  static OptionalInt next(Connection connection, int partition) throws SQLException {
    return Sql.query(
            connection,
            "SELECT number FROM ledger_partition WHERE number > ? ORDER BY number LIMIT 1",
            row -> row.getInt(1),
            partition)
        .stream()
        .mapToInt(Integer::intValue)
        .findFirst();
  }
}
