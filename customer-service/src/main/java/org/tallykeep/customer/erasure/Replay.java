package org.tallykeep.customer.erasure;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.tallykeep.customer.erasure.Revocations.Kind;
import org.tallykeep.customer.maintenance.MaintenanceJob;
import org.tallykeep.customer.profile.CustomerErasure;
import org.tallykeep.customer.purchaser.PurchaserErasure;

/**
 * Erases anew what a restore has brought back: all whose key the revocation ledger names. Either
 * side by itself, for the link between them does not open any more.
 */
@Singleton
final class Replay implements MaintenanceJob {

  private static final Logger LOG = Logger.getLogger(Replay.class);
  private static final UUID FIRST = new UUID(0, 0);

  /** As many as the key service answers for at once. */
  private static final int PAGE = 1_000;

  private final Revocations revocations;
  private final CustomerErasure customers;
  private final PurchaserSide purchasers;

  Replay(Revocations revocations, CustomerErasure customers, PurchaserSide purchasers) {
    this.revocations = revocations;
    this.customers = customers;
    this.purchasers = purchasers;
  }

  @Override
  public String name() {
    return "replay-erasures";
  }

  @Override
  public Map<String, Long> run() {
    Map<String, Long> erased = new HashMap<>();
    erased.put("customers", customers());
    erased.put("purchasers", purchasers());
    if (erased.values().stream().anyMatch(count -> count > 0)) {
      LOG.warnf("The database was set back; erased anew: %s", erased);
    }
    return erased;
  }

  private long customers() {
    long erased = 0;
    SequencedMap<UUID, UUID> page = customers.byKeyAfter(FIRST, PAGE);
    while (!page.isEmpty()) {
      for (UUID key : revocations.among(Kind.SUBJECT, page.keySet()).keySet()) {
        UUID customer = page.get(key);
        if (customer != null && customers.erase(customer, c -> {})) {
          erased++;
        }
      }
      page = customers.byKeyAfter(page.lastEntry().getKey(), PAGE);
    }
    return erased;
  }

  private long purchasers() {
    long erased = 0;
    Optional<UUID> last = Optional.of(FIRST);
    while (last.isPresent()) {
      PurchaserErasure.Page page = purchasers.after(last.get(), PAGE);
      if (!page.byKey().isEmpty()) {
        Map<UUID, Mode> found = revocations.among(Kind.PSEUDONYM, page.byKey().keySet());
        for (Map.Entry<UUID, Mode> each : found.entrySet()) {
          UUID purchaser = page.byKey().get(each.getKey());
          if (purchaser != null) {
            purchasers.erase(purchaser, each.getValue());
            erased++;
          }
        }
      }
      last = page.last();
    }
    return erased;
  }
}
