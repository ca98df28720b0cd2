package org.tallykeep.customer.erasure;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.customer.aggregate.HistoryErasure;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.purchaser.PurchaserErasure;

/** What is erased of a purchaser, in transactions that write nothing of their customer. */
@Singleton
final class PurchaserSide {

  private final Transactions transactions;
  private final HistoryErasure histories;

  PurchaserSide(Transactions transactions, HistoryErasure histories) {
    this.transactions = transactions;
    this.histories = histories;
  }

  Optional<UUID> keyOf(UUID purchaser) {
    return transactions.call(c -> PurchaserErasure.keyOf(c, purchaser));
  }

  /** From now on nothing is taken for them. */
  void close(UUID purchaser) {
    transactions.run(c -> PurchaserErasure.close(c, purchaser));
  }

  /** Some purchasers by their keys, the next after that one. */
  PurchaserErasure.Page after(UUID last, int most) {
    return transactions.call(c -> PurchaserErasure.after(c, last, most));
  }

  /** All that is left of them; done again it changes nothing. */
  void erase(UUID purchaser, Mode mode) {
    close(purchaser);
    switch (mode) {
      case SEVER -> histories.sever(purchaser, c -> PurchaserErasure.remove(c, purchaser));
      case PURGE -> histories.purge(purchaser, c -> PurchaserErasure.remove(c, purchaser));
    }
  }
}
