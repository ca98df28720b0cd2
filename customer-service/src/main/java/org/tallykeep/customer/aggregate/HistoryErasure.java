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
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.tallykeep.aggregates.BasketHistory;
import org.tallykeep.aggregates.Shards;
import org.tallykeep.customer.ledger.HistoryTooLong;
import org.tallykeep.customer.ledger.LedgerEvents;
import org.tallykeep.customer.ledger.LedgerPurchase;
import org.tallykeep.customer.platform.Transactions;

/** What becomes of a pseudonym's purchases and of what was counted of them when it is erased. */
@Singleton
public final class HistoryErasure {

  private static final Logger LOG = Logger.getLogger(HistoryErasure.class);

  private final Transactions transactions;
  private final LedgerEvents ledger;
  private final ShardTransaction shards;

  HistoryErasure(Transactions transactions, LedgerEvents ledger, ShardTransaction shards) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.shards = shards;
  }

  /** Something that goes in the same transaction, and says whether there is anything to be done. */
  @FunctionalInterface
  public interface Alongside {
    boolean isFirst(Connection connection) throws SQLException;
  }

  /**
   * Removes the purchases. What waits is counted before, and what is counted stays as an opening
   * balance that nobody can be told from.
   */
  public void sever(UUID purchaser, Alongside alongside) {
    int shard = Shards.of(purchaser);
    try {
      erase(shard, purchaser, alongside, this::severed);
    } catch (ArithmeticException | HistoryTooLong e) {
      // As the aggregator does it: what cannot be counted counts for nothing.
      int parked = transactions.call(c -> ledger.park(c, shard, purchaser));
      LOG.errorf("%d purchases of an erased buyer cannot be counted", parked);
      erase(shard, purchaser, alongside, this::severed);
    }
  }

  /** Removes the purchases and all that was counted of them, as if they had never been. */
  public void purge(UUID purchaser, Alongside alongside) {
    erase(Shards.of(purchaser), purchaser, alongside, (c, shard, who, before) -> Counted.NOTHING);
  }

  /** What stays of somebody. */
  @FunctionalInterface
  private interface Rest {
    Counted of(Connection connection, int shard, UUID purchaser, Counted before)
        throws SQLException;
  }

  private void erase(int shard, UUID purchaser, Alongside alongside, Rest rest) {
    transactions.run(
        c -> {
          ShardLocks.lock(c, shard);
          ledger.lockOutWriters(c);
          if (alongside.isFirst(c)) {
            erase(c, shard, purchaser, rest);
            ledger.remove(c, shard, purchaser);
          }
        });
  }

  private void erase(Connection connection, int shard, UUID purchaser, Rest rest)
      throws SQLException {
    Counted before = shards.read(connection, shard, purchaser);
    Counted after = rest.of(connection, shard, purchaser, before);
    if (!after.equals(before)) {
      Set<Integer> days =
          Stream.of(before, after)
              .flatMap(each -> each.baskets().orders().stream())
              .map(BasketHistory.Order::epochDay)
              .collect(Collectors.toCollection(HashSet::new));
      shards.run(
          connection,
          shard,
          Set.of(purchaser),
          state -> {
            state.put(purchaser, after);
            return new HashMap<>(Map.of(purchaser, days));
          });
    }
  }

  private Counted severed(Connection connection, int shard, UUID purchaser, Counted before)
      throws SQLException {
    Counted counted = before;
    if (ledger.isAnyWaiting(connection, shard, purchaser)) {
      List<LedgerPurchase> all = ledger.takeAllThatCounts(connection, shard, purchaser);
      counted = (before.days().traits().opening() ? before : before.withoutPurchases()).plus(all);
    }
    return counted.baskets().orders().isEmpty()
        ? Counted.NOTHING
        : counted.with(counted.days().traits().asOpening());
  }
}
