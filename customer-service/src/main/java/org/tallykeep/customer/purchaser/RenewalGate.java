package org.tallykeep.customer.purchaser;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.platform.problem.Unavailable;

/**
 * Keeps erasures and renewals apart: an erasure keeps a pseudonym and its key over several
 * transactions, and a renewal would give the purchaser another one between two of them.
 *
 * <p>Whoever asked first goes first. An erasure is not begun once a renewal was asked for, and the
 * renewal waits for those that were.
 */
public final class RenewalGate {

  /** Advisory locks of this service are pairs; the first number says what they are about. */
  private static final int LOCK = 0x4e47_4154;

  private static final Duration A_WHILE = Duration.ofMinutes(1);

  private RenewalGate() {}

  /**
   * For the transaction that begins an erasure.
   *
   * @param renewed {@link Links#renewals} from before the pseudonym was read
   * @throws Unavailable if everybody is being renewed, or was since
   */
  public static void pass(Connection connection, long renewed) throws SQLException {
    Sql.query(connection, "SELECT pg_advisory_xact_lock_shared(?, 0)", row -> true, LOCK);
    if (RenewalRepository.isUnderWay(connection)
        || RenewalRepository.renewed(connection) != renewed) {
      throw new Unavailable(
          "pseudonyms-being-renewed",
          "Everybody is getting another pseudonym. Nothing was erased; ask again when"
              + " /v1/pseudonym-renewals says that it is over.",
          A_WHILE,
          null);
    }
  }

  /**
   * For the renewal, which others see by then: waits for those who {@link #pass} now, and lets none
   * pass until the transaction ends.
   */
  public static void close(Connection connection) throws SQLException {
    Sql.query(connection, "SELECT pg_advisory_xact_lock(?, 0)", row -> true, LOCK);
  }
}
