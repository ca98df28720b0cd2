package org.tallykeep.customer.maintenance;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Tables that the nightly job writes anew in the order of their random ids, so that neither the
 * place of a row nor its transaction id tells when it came.
 *
 * <p>{@code TRUNCATE} is not MVCC-safe: a transaction whose snapshot is older than a rewrite, and
 * which had not touched the table before, finds it empty. Whoever reads such a table in {@code
 * REPEATABLE READ} begins with {@code LOCK TABLE … IN ACCESS SHARE MODE}, which takes no snapshot.
 */
public interface Rewritable {

  /** What the counts of an answer are called, such as {@code customers}. */
  String name();

  /**
   * Rewrites the tables within the transaction given, which the caller commits.
   *
   * @return how many rows were written
   */
  long rewrite(Connection connection) throws SQLException;
}
