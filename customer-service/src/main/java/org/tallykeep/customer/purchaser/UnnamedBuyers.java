package org.tallykeep.customer.purchaser;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import org.tallykeep.customer.index.IndexVersions;
import org.tallykeep.customer.index.Versions;
import org.tallykeep.customer.maintenance.MaintenanceJob;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.envelope.KeyRef;

/**
 * Lets anonymous buyers go whose external id stands nowhere: they are from before it was kept, and
 * keep a rotation of the index key waiting until they buy again. Their purchasers and all that was
 * counted stay; whoever buys under such an id later is a new buyer.
 */
@Singleton
final class UnnamedBuyers implements MaintenanceJob {

  private final Transactions transactions;
  private final IndexVersions index;

  UnnamedBuyers(Transactions transactions, IndexVersions index) {
    this.transactions = transactions;
    this.index = index;
  }

  @Override
  public String name() {
    return "let-go-unnamed-buyers";
  }

  @Override
  public Map<String, Long> run() {
    int letGo =
        index.with(
            keys ->
                transactions.call(
                    c -> {
                      keys.hold(c);
                      return PurchaserRepository.deleteUnnamed(c, coming(keys.versions()));
                    }));
    return Map.of("letGo", (long) letGo);
  }

  /** Without a rotation nobody waits for them, and they are found as they are. */
  private static int coming(Versions versions) {
    Optional<KeyRef> coming = versions.comingKey();
    return coming
        .orElseThrow(
            () ->
                new Refusal.Conflict(
                    "no-rotation",
                    "The index key is not being turned over: nobody waits for them."))
        .version();
  }
}
