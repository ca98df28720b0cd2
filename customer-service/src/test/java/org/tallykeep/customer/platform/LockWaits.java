package org.tallykeep.customer.platform;

/** Whether somebody waits for a lock, for tests that hold one. */
public final class LockWaits {

  private LockWaits() {}

  /** Of a row or an advisory one, in that database. */
  public static boolean any(Transactions transactions) {
    return transactions.call(
        c ->
            Sql.number(
                    c,
                    """
                    SELECT count(*) FROM pg_stat_activity
                    WHERE datname = current_database() AND wait_event_type = 'Lock'
                    """)
                > 0);
  }
}
