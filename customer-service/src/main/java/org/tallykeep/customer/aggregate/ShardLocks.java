package org.tallykeep.customer.aggregate;

import java.sql.Connection;
import java.sql.SQLException;
import org.tallykeep.aggregates.Shards;
import org.tallykeep.customer.platform.Sql;

/** One writer a shard at a time, whatever the number of replicas. */
final class ShardLocks {

  /** Advisory locks of this service are pairs; the first number says what they are about. */
  private static final int LOCK = 0x53484152;

  private ShardLocks() {}

  /** Whether this transaction has the shard now; if not, another replica is at it. */
  static boolean tryLock(Connection connection, int shard) throws SQLException {
    return Sql.tryLock(connection, LOCK, shard);
  }

  static void lock(Connection connection, int shard) throws SQLException {
    Sql.query(connection, "SELECT pg_advisory_xact_lock(?, ?)", row -> true, LOCK, shard);
  }

  static void lockAll(Connection connection) throws SQLException {
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      lock(connection, shard);
    }
  }
}
