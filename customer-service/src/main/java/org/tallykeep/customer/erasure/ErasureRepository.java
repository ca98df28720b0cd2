package org.tallykeep.customer.erasure;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.customer.platform.Sql;

/** The rows of erasures. */
final class ErasureRepository {

  private static final String ROW = "SELECT id, customer_id, revision, sealed FROM erasure ";

  private ErasureRepository() {}

  /** An erasure as it stands in its row. */
  record Row(UUID id, UUID customer, int revision, byte[] sealed) {
    static Row of(ResultSet row) throws SQLException {
      return new Row(
          row.getObject(1, UUID.class),
          row.getObject(2, UUID.class),
          row.getInt(3),
          row.getBytes(4));
    }

    @Override
    public String toString() {
      return "Row[" + id + "]";
    }
  }

  static void insert(Connection connection, Row row) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO erasure (id, customer_id, revision, done, sealed) VALUES (?, ?, ?, false, ?)",
        row.id(),
        row.customer(),
        row.revision(),
        row.sealed());
  }

  /** Writes the next revision, unless somebody else has. */
  static boolean update(Connection connection, Row row, boolean done) throws SQLException {
    return Sql.update(
            connection,
            "UPDATE erasure SET revision = ?, done = ?, sealed = ? WHERE id = ? AND revision = ?",
            row.revision(),
            done,
            row.sealed(),
            row.id(),
            row.revision() - 1)
        == 1;
  }

  static Optional<Row> find(Connection connection, UUID id) throws SQLException {
    return Sql.query(connection, ROW + "WHERE id = ?", Row::of, id).stream().findFirst();
  }

  static Optional<Row> ofCustomer(Connection connection, UUID customer) throws SQLException {
    return Sql.query(connection, ROW + "WHERE customer_id = ?", Row::of, customer).stream()
        .findFirst();
  }

  /** The next after that one, in the order of their random ids. */
  static List<Row> after(Connection connection, UUID last, int most) throws SQLException {
    return Sql.query(connection, ROW + "WHERE id > ? ORDER BY id LIMIT ?", Row::of, last, most);
  }

  /** Those of which something is left to be done. */
  static List<UUID> open(Connection connection) throws SQLException {
    return Sql.query(
        connection,
        "SELECT id FROM erasure WHERE NOT done ORDER BY id",
        row -> row.getObject(1, UUID.class));
  }
}
