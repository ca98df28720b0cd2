package org.tallykeep.customer.traits;

import java.util.Collection;
import java.util.UUID;
import org.tallykeep.customer.aggregate.HistoryTraits;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.purchaser.Links;
import org.tallykeep.customer.purchaser.MixerConfig;

/** Tells histories of their customers, for the tests of others. */
public final class HistoryMixing {

  private final Transactions transactions;
  private final HistoryMixer mixer;

  public HistoryMixing(
      Transactions transactions, Links links, HistoryTraits histories, KnownCustomers known) {
    this.transactions = transactions;
    this.mixer =
        new HistoryMixer(transactions, links, known, histories, new Crowds(64, 100, "off", "off"));
  }

  private record Crowds(int crowd, int round, String checkEvery, String daily)
      implements MixerConfig {}

  /** Has these wait, and tells all who do. */
  public void tell(Collection<UUID> customers) {
    transactions.run(c -> ToDescribe.add(c, customers));
    mixer.run();
  }
}
