package org.tallykeep.keyvault.maintenance;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.tallykeep.keyvault.platform.Database;

/**
 * Writes the key tables anew in the order of their random ids. Rows lie in the order in which they
 * were written and name the transaction that wrote them; without this, both would tell which
 * customer and which purchaser came at the same time.
 */
@Singleton
class TableRewriter {

  private static final Logger LOG = Logger.getLogger(TableRewriter.class);
  private static final List<String> TABLES =
      List.of("subject_key", "pseudonym_key", "compromised_key");

  private final Database database;

  TableRewriter(Database database) {
    this.database = database;
  }

  /** Rewrites each table in a transaction of its own; the number of rows by table. */
  Map<String, Long> rewrite() {
    Map<String, Long> rows = new LinkedHashMap<>();
    for (String table : TABLES) {
      rows.put(table, database.transaction(connection -> rewrite(connection, table)));
    }
    LOG.infof("Rewrote %s", rows);
    return rows;
  }

  private static long rewrite(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL lock_timeout = '20s'");
      // Readers go on during the copy; TRUNCATE then waits for them and holds new ones back.
      statement.execute("LOCK TABLE %s IN EXCLUSIVE MODE".formatted(table));
      statement.execute(
          "CREATE TEMPORARY TABLE rewritten ON COMMIT DROP AS SELECT * FROM %s".formatted(table));
      statement.execute("TRUNCATE %s".formatted(table));
      // In one process: parallel workers would lay the rows down in another order.
      statement.execute("SET LOCAL max_parallel_workers_per_gather = 0");
      return statement.executeLargeUpdate(
          "INSERT INTO %s SELECT * FROM rewritten ORDER BY id, version".formatted(table));
    }
  }
}
