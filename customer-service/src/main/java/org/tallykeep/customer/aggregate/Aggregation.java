package org.tallykeep.customer.aggregate;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.tallykeep.aggregates.BasketHistory;
import org.tallykeep.customer.ledger.HistoryTooLong;
import org.tallykeep.customer.ledger.LedgerEvents;
import org.tallykeep.customer.ledger.LedgerPurchase;
import org.tallykeep.customer.platform.Transactions;

/**
 * Moves purchases from the queue into the aggregates. A purchase leaves the queue in the
 * transaction that counts it, so whatever dies, it is counted once.
 */
@Singleton
final class Aggregation {

  /** Large enough that a popular product's series is written once for many purchases. */
  static final int BATCH = 2000;

  private static final Logger LOG = Logger.getLogger(Aggregation.class);

  private final Transactions transactions;
  private final LedgerEvents ledger;
  private final ShardTransaction shards;

  Aggregation(Transactions transactions, LedgerEvents ledger, ShardTransaction shards) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.shards = shards;
  }

  List<Integer> shardsToDo() {
    return transactions.call(ledger::shardsToDo);
  }

  /** Counts a batch of what waits in a shard. Zero: nothing waits, or another is at it. */
  int countSome(int shard) {
    int anew = rebuildAll(shard);
    try {
      return anew + countSome(shard, connection -> ledger.takePending(connection, shard, BATCH));
    } catch (ArithmeticException | HistoryTooLong e) {
      return anew + countOneByOne(shard);
    }
  }

  /** Makes those anew of whom something was counted that was wrong. */
  private int rebuildAll(int shard) {
    int done = 0;
    for (UUID purchaser : transactions.call(c -> ledger.toRebuild(c, shard, BATCH))) {
      try {
        done += rebuild(shard, purchaser, ledger::takeAllOf);
      } catch (ArithmeticException | HistoryTooLong e) {
        int parked = transactions.call(connection -> ledger.park(connection, shard, purchaser));
        LOG.errorf("%d purchases cannot be counted and were put aside: %s", parked, e.getMessage());
        done += rebuild(shard, purchaser, ledger::takeCounted);
      }
    }
    return done;
  }

  /** All that counts of somebody. */
  @FunctionalInterface
  private interface TakingAll {
    List<LedgerPurchase> from(Connection connection, int shard, UUID purchaser) throws SQLException;
  }

  private int rebuild(int shard, UUID purchaser, TakingAll taking) {
    return transactions.call(
        connection -> {
          if (!ShardLocks.tryLock(connection, shard)) {
            return 0;
          }
          rebuild(connection, shard, purchaser, taking);
          return 1;
        });
  }

  /** Which purchases to count. */
  @FunctionalInterface
  private interface Taking {
    List<LedgerPurchase> from(Connection connection) throws SQLException;
  }

  private int countSome(int shard, Taking taking) {
    return transactions.call(
        connection -> {
          if (!ShardLocks.tryLock(connection, shard)) {
            return 0;
          }
          List<LedgerPurchase> purchases = taking.from(connection);
          if (!purchases.isEmpty()) {
            count(connection, shard, purchases);
          }
          return purchases.size();
        });
  }

  /** Somebody's purchases cannot be counted: they are put aside, everybody else's are counted. */
  private int countOneByOne(int shard) {
    int done = 0;
    for (UUID purchaser : transactions.call(c -> ledger.waiting(c, shard, BATCH))) {
      try {
        done += countSome(shard, c -> ledger.takePendingOf(c, shard, purchaser, BATCH));
      } catch (ArithmeticException | HistoryTooLong e) {
        int parked = transactions.call(connection -> ledger.park(connection, shard, purchaser));
        LOG.errorf("%d purchases cannot be counted and were put aside: %s", parked, e.getMessage());
        done += parked;
      }
    }
    return done;
  }

  private void count(Connection connection, int shard, List<LedgerPurchase> purchases)
      throws SQLException {
    Map<UUID, List<LedgerPurchase>> byPurchaser =
        purchases.stream().collect(Collectors.groupingBy(LedgerPurchase::purchaserId));
    shards.run(
        connection,
        shard,
        byPurchaser.keySet(),
        state -> {
          Map<UUID, Set<Integer>> changedDays = new HashMap<>();
          byPurchaser.forEach(
              (purchaser, more) -> {
                Counted before = state.getOrDefault(purchaser, Counted.NOTHING);
                state.put(purchaser, before.plus(more));
                changedDays.put(purchaser, daysOf(more));
              });
          return changedDays;
        });
  }

  private void rebuild(Connection connection, int shard, UUID purchaser, TakingAll taking)
      throws SQLException {
    List<LedgerPurchase> all = taking.from(connection, shard, purchaser);
    shards.run(
        connection,
        shard,
        Set.of(purchaser),
        state -> {
          Set<Integer> days = daysOf(all);
          Counted before = state.getOrDefault(purchaser, Counted.NOTHING);
          before.baskets().orders().stream().map(BasketHistory.Order::epochDay).forEach(days::add);
          // The events of an opening balance are gone: there is nothing to make it of.
          state.put(
              purchaser,
              (before.days().traits().opening() ? before : before.withoutPurchases()).plus(all));
          return Map.of(purchaser, days);
        });
  }

  private static Set<Integer> daysOf(List<LedgerPurchase> purchases) {
    return purchases.stream()
        .map(LedgerPurchase::epochDay)
        .collect(Collectors.toCollection(HashSet::new));
  }
}
