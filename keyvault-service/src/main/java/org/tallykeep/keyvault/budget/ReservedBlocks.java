package org.tallykeep.keyvault.budget;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.tallykeep.keyvault.freeze.Freezes;
import org.tallykeep.keyvault.freeze.Frozen;
import org.tallykeep.keyvault.freeze.Wish;
import org.tallykeep.keyvault.platform.Database;

/**
 * What this replica may hand out to services without asking the database each time: blocks that
 * were charged ahead, each at most a hundredth of the budget, or what one request needs.
 *
 * <p>A block is good until the second ends in which it was charged: that is the width of the
 * narrowest bucket, and a bucket counts whole until its last moment has left the window. So what is
 * handed out is counted for at least as long as it must be. What is left of a block counts as
 * spent.
 */
@Singleton
public final class ReservedBlocks {

  private static final int SHARE = 100;

  private final Budgets budgets;
  private final Freezes freezes;
  private final Database database;
  private final Map<Account, Block> blocks = new ConcurrentHashMap<>();

  ReservedBlocks(Budgets budgets, Freezes freezes, Database database) {
    this.budgets = budgets;
    this.freezes = freezes;
    this.database = database;
  }

  /**
   * Takes so many records out of this replica's block, or charges a new one.
   *
   * @throws OverBudget when they do not fit
   * @throws Frozen when the wish is not to be granted
   */
  public void take(Account account, Wish wish, long records) {
    freezes.require(wish);
    blocks.computeIfAbsent(account, none -> new Block()).take(account, wish, records);
  }

  /** What is left; those who need the same block wait for the one who charges it. */
  private final class Block {

    private long left;
    private long size;
    private long end = System.nanoTime();

    synchronized void take(Account account, Wish wish, long records) {
      if (left < records || hasEnded()) {
        charge(account, wish, records);
      }
      left -= records;
    }

    private void charge(Account account, Wish wish, long records) {
      // Used up before its time: twice as much is needed. Else about as much again.
      long next = hasEnded() ? size - left : 2 * size;
      long asked = System.nanoTime();
      left = 0;
      Budgets.Charged charged =
          database.transaction(
              connection -> {
                freezes.require(connection, wish);
                return budgets.chargeUpTo(
                    connection, account, records, limits -> Math.min(next, largest(limits)));
              });
      size = charged.records();
      left = size;
      // Our clock was read before the database's: a block ends early, never late.
      end = asked + untilNextSecond(charged.at()).toNanos();
    }

    private boolean hasEnded() {
      return System.nanoTime() - end >= 0;
    }
  }

  private static long largest(Limits limits) {
    return Math.min(limits.minute(), Math.min(limits.hour(), limits.day())) / SHARE;
  }

  private static Duration untilNextSecond(Instant at) {
    return Duration.ofSeconds(1).minusNanos(at.getNano());
  }
}
