package org.tallykeep.customer.purchaser;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.tallykeep.customer.platform.Transactions;

/**
 * Purchasers for new buyers, drawn at random from blocks that were claimed ahead.
 *
 * <p>Claiming has a transaction of its own, long before and for many; who gets which purchaser is
 * decided here in memory and stands nowhere but in the sealed link. What is still in memory when
 * the process ends is never used: those purchasers keep their dummies for good.
 */
@Singleton
final class Pool {

  private final Transactions transactions;
  private final PoolRefill refill;
  private final int block;
  private final SecureRandom random;
  private final List<UUID> claimed = new ArrayList<>();

  Pool(Transactions transactions, PoolRefill refill, PoolConfig config, SecureRandom random) {
    this.transactions = transactions;
    this.refill = refill;
    this.block = config.block();
    this.random = random;
  }

  /** As many purchasers as asked for, never given before. */
  synchronized List<UUID> take(int count) {
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

  /** Takes back what was not used after all. */
  synchronized void giveBack(Collection<UUID> unused) {
    claimed.addAll(unused);
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
