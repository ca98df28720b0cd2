package org.tallykeep.customer.renewal;

import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.UUID;
import org.tallykeep.customer.index.IndexVersions;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.customer.platform.Transactions;

/** Renewals as officers ask for them. */
@Singleton
final class Renewals {

  private final Transactions transactions;
  private final IndexVersions index;
  private final InstantSource clock;

  Renewals(Transactions transactions, IndexVersions index, InstantSource clock) {
    this.transactions = transactions;
    this.index = index;
    this.clock = clock;
  }

  /** The renewal that is under way, or a new one. */
  RenewalView begin() {
    Renewal begun =
        index.with(
            keys ->
                transactions.call(
                    c -> {
                      keys.hold(c);
                      RenewalJobRepository.begin(c, UUID.randomUUID(), keys.versions().newest());
                      return RenewalJobRepository.underWay(c).orElseThrow();
                    }));
    return RenewalView.of(begun, clock.instant());
  }

  RenewalView get(UUID id) {
    return transactions
        .call(c -> RenewalJobRepository.find(c, id))
        .map(renewal -> RenewalView.of(renewal, clock.instant()))
        .orElseThrow(
            () -> new Refusal.NotFound("pseudonym-renewal-not-found", "There is no such renewal."));
  }
}
