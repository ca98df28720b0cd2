package org.tallykeep.customer.index;

import java.sql.Connection;
import java.sql.SQLException;

/** Rows found by what the index key makes of them, which a rotation of it moves. */
public interface Reindexed {

  /** What is moved, in logs and answers. */
  String name();

  /** Counts rows as they are done. */
  @FunctionalInterface
  interface Count {
    void add(long rows);
  }

  /**
   * Moves all that can be moved now, in portions of their own transactions and in random order;
   * what is done stays done. What it leaves it may be able to move another time.
   *
   * @param versions for each portion anew: keys are not held for long
   */
  void move(IndexVersions versions, Count count);

  /** How many are not under that version yet. */
  long left(Connection connection, int version) throws SQLException;

  /** Whether there are any: asked while everybody else waits. */
  default boolean isAnyLeft(Connection connection, int version) throws SQLException {
    return left(connection, version) > 0;
  }

  /** All rows there are. */
  long total(Connection connection) throws SQLException;

  /** Forgets what is of another version than that one; some of it, none when there is none left. */
  int forget(Connection connection, int version) throws SQLException;
}
