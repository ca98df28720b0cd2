package org.tallykeep.customer.aggregate;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.aggregates.Traits;
import org.tallykeep.customer.platform.Transactions;

/** Writes into histories what is known besides the purchases, among others that stay the same. */
@Singleton
public final class HistoryTraits {

  private final Transactions transactions;
  private final ShardTransaction shards;

  HistoryTraits(Transactions transactions, ShardTransaction shards) {
    this.transactions = transactions;
    this.shards = shards;
  }

  /** What is known, by pseudonym, within the transaction that writes it. */
  @FunctionalInterface
  public interface Known {
    Map<UUID, Traits> by(Connection connection) throws SQLException;
  }

  /**
   * Writes a shard's part of a crowd in one transaction, all of it under new revisions whose order
   * says nothing. Whether a history is an opening balance stays as it is.
   *
   * @param others so many histories are written anew that say nothing new, or all there are
   * @param known asked when nobody else writes to the shard, so that of two who write the later one
   *     knows the newer, and nobody gets another pseudonym any more
   * @return how many histories were written
   */
  public int write(int shard, int others, Known known) {
    return transactions.call(
        connection -> {
          ShardLocks.lock(connection, shard);
          Map<UUID, Traits> news = known.by(connection);
          Set<UUID> crowd = new HashSet<>(news.keySet());
          crowd.addAll(AggregateRepository.someHistories(connection, shard, others, crowd));
          int[] written = new int[1];
          shards.run(
              connection,
              shard,
              crowd,
              state -> {
                tell(state, news);
                written[0] = state.size();
                return noDayOf(state.keySet());
              });
          return written[0];
        });
  }

  private static void tell(Map<UUID, Counted> state, Map<UUID, Traits> news) {
    news.forEach(
        (pseudonym, traits) -> {
          Counted before = state.getOrDefault(pseudonym, Counted.NOTHING);
          Counted after =
              before.with(before.days().traits().with(traits.unprofiled(), traits.segments()));
          if (state.containsKey(pseudonym) || !after.isNothing()) {
            state.put(pseudonym, after);
          }
        });
  }

  private static Map<UUID, Set<Integer>> noDayOf(Set<UUID> pseudonyms) {
    Map<UUID, Set<Integer>> none = new HashMap<>();
    pseudonyms.forEach(pseudonym -> none.put(pseudonym, Set.of()));
    return none;
  }
}
