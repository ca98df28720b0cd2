package org.tallykeep.customer.renewal;

import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.tallykeep.customer.erasure.ErasuresUnderWay;
import org.tallykeep.customer.index.IndexVersions;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.purchaser.LinkRenewal;
import org.tallykeep.customer.purchaser.PurchaserRenewal;
import org.tallykeep.customer.purchaser.RenewalGate;

/** What is done in each state of a renewal; each may be cut short and done again. */
@Singleton
final class RenewalSteps {

  private static final Logger LOG = Logger.getLogger(RenewalSteps.class);

  private final Transactions transactions;
  private final IndexVersions index;
  private final Pseudonyms pseudonyms;
  private final PurchaserRenewal purchasers;
  private final LinkRenewal links;

  RenewalSteps(
      Transactions transactions,
      IndexVersions index,
      Pseudonyms pseudonyms,
      PurchaserRenewal purchasers,
      LinkRenewal links) {
    this.transactions = transactions;
    this.index = index;
    this.pseudonyms = pseudonyms;
    this.purchasers = purchasers;
    this.links = links;
  }

  /**
   * Notes who is there, unless somebody is being erased: that comes first, and whoever wants to be
   * erased from now on comes afterwards.
   */
  boolean noteAll(UUID id) {
    return transactions.call(
        c -> {
          RenewalGate.close(c);
          if (ErasuresUnderWay.isAny(c)) {
            return false;
          }
          RenewalJobRepository.setTotal(c, id, RenewalJobRepository.noteAll(c));
          RenewalJobRepository.enter(c, id, RenewalState.PSEUDONYMS);
          return true;
        });
  }

  /** Returns how many are left. */
  long movePseudonyms(UUID id, BooleanSupplier stopping) {
    long left = pseudonyms.moveAll(id, stopping);
    if (left == 0) {
      transactions.run(
          c -> {
            // Whoever writes from then on finds all old pseudonyms renewed and writes none of them.
            index.waitForHolders(c);
            RenewalJobRepository.enter(c, id, RenewalState.LINKS);
          });
    }
    return left;
  }

  /** Afterwards nothing names a pseudonym from before. */
  void renewLinks(UUID id) {
    int swept;
    do {
      swept = transactions.call(purchasers::sweep);
    } while (swept > 0);
    long total = links.count();
    transactions.run(c -> RenewalJobRepository.beginLinks(c, id, total));
    links.renewAll(more -> transactions.run(c -> RenewalJobRepository.addLinks(c, id, more)));
    if (transactions.call(RenewalJobRepository::isAnyNamed)) {
      throw new IllegalStateException("something is under a pseudonym from before still");
    }
    transactions.run(
        c -> {
          // Whoever read pseudonyms before reads them anew from then on.
          index.waitForHolders(c);
          RenewalJobRepository.enter(c, id, RenewalState.INDEX);
        });
  }

  /**
   * Forgets what became of whom; and ends when the tags of before are gone, too, because a version
   * of the index key is settled that came later.
   */
  boolean endWithTags(Renewal renewal) {
    transactions.run(RenewalJobRepository::forget);
    boolean gone = transactions.call(c -> index.inForce(c).settled() > renewal.indexVersion());
    if (gone) {
      transactions.run(c -> RenewalJobRepository.enter(c, renewal.id(), RenewalState.DONE));
      LOG.info("Everybody has another pseudonym");
    }
    return gone;
  }
}
