package org.tallykeep.customer.purchaser;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.tallykeep.customer.platform.Transactions;

/**
 * Purchasers for new buyers, drawn at random from blocks that were claimed ahead.
 *
 * <p>Claiming has a transaction of its own, long before and for many; who gets which purchaser is
 * decided here in memory and stands nowhere but in the sealed link. What is still in memory when
 * the process ends is never used: those purchasers keep their dummies for good. What was claimed
 * before pseudonyms were renewed is forgotten: nobody is called that any more.
 */
@Singleton
final class Pool {

  private final Transactions transactions;
  private final PoolRefill refill;
  private final int block;
  private final SecureRandom random;
  private final RenewedPseudonyms renewed;
  private final List<UUID> claimed = new ArrayList<>();

  /** How many renewals were over when the first of those claimed was. */
  private long renewals;

  Pool(
      Transactions transactions,
      PoolRefill refill,
      PoolConfig config,
      SecureRandom random,
      RenewedPseudonyms renewed) {
    this.transactions = transactions;
    this.refill = refill;
    this.block = config.block();
    this.random = random;
    this.renewed = renewed;
  }

  /** To be asked before purchasers are taken; see {@link #current}. */
  long seen() {
    return renewed.seen();
  }

  /**
   * What purchasers are called now, those that were renewed; within the transaction that holds the
   * index and uses them.
   *
   * @param seen from before they were taken or read
   */
  Map<UUID, UUID> current(Connection connection, long seen, Collection<UUID> purchasers)
      throws SQLException {
    return renewed.current(connection, seen, purchasers);
  }

  /** As many purchasers as asked for, never given before. */
  synchronized List<UUID> take(int count) {
    if (renewals != renewed.seen()) {
      claimed.clear();
      renewals = renewed.seen();
    }
    // A block is always left over, so that each draw reaches back over more than one claim.
    while (claimed.size() < count + block) {
      List<UUID> more = transactions.call(c -> PurchaserRepository.claim(c, block));
      if (more.isEmpty()) {
        refill.atLeast(count + block);
      }
      claimed.addAll(more);
    }
    List<UUID> taken = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      taken.add(draw());
    }
    return taken;
  }

  /**
   * Takes back what was not used after all.
   *
   * @param seen from before it was taken
   */
  synchronized void giveBack(long seen, Collection<UUID> unused) {
    if (seen == renewals) {
      claimed.addAll(unused);
    }
  }

  private UUID draw() {
    int at = random.nextInt(claimed.size());
    UUID drawn = claimed.get(at);
    UUID last = claimed.removeLast();
    if (at < claimed.size()) {
      claimed.set(at, last);
    }
    return drawn;
  }
}
