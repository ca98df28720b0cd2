package org.tallykeep.customer.erasure;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.tallykeep.customer.erasure.Revocations.Kind;
import org.tallykeep.customer.maintenance.MaintenanceJob;
import org.tallykeep.customer.profile.CustomerErasure;
import org.tallykeep.customer.purchaser.PurchaserErasure;
import org.tallykeep.customer.purchaser.WaysBack;

/**
 * Erases anew what a restore has brought back: all whose key the revocation ledger names. Either
 * side by itself, for the link between them does not open any more.
 *
 * <p>A database from before everybody got another pseudonym has purchasers under keys that were
 * never destroyed. Those say themselves whose they are, and go before their customers do: what is
 * cut short is found again.
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
  private final WaysBack waysBack;

  Replay(
      Revocations revocations,
      CustomerErasure customers,
      PurchaserSide purchasers,
      WaysBack waysBack) {
    this.revocations = revocations;
    this.customers = customers;
    this.purchasers = purchasers;
    this.waysBack = waysBack;
  }

  @Override
  public String name() {
    return "replay-erasures";
  }

  @Override
  public Map<String, Long> run() {
    Map<String, Long> erased = new HashMap<>();
    Map<UUID, Mode> back = back();
    erased.put("purchasers", purchasers() + purchasersOf(back));
    erased.put("customers", customers(back.keySet()));
    if (erased.values().stream().anyMatch(count -> count > 0)) {
      LOG.warnf("The database was set back; erased anew: %s", erased);
    }
    return erased;
  }

  /** Customers who are there and should not be. */
  private Map<UUID, Mode> back() {
    Map<UUID, Mode> back = new HashMap<>();
    SequencedMap<UUID, UUID> page = customers.byKeyAfter(FIRST, PAGE);
    while (!page.isEmpty()) {
      for (Map.Entry<UUID, Mode> each : revocations.among(Kind.SUBJECT, page.keySet()).entrySet()) {
        UUID customer = page.get(each.getKey());
        if (customer != null) {
          back.put(customer, each.getValue());
        }
      }
      page = customers.byKeyAfter(page.lastEntry().getKey(), PAGE);
    }
    return back;
  }

  private long customers(Set<UUID> back) {
    return back.stream().filter(customer -> customers.erase(customer, c -> {})).count();
  }

  /** Those who say that they are one of these; looked for until there is none. */
  private long purchasersOf(Map<UUID, Mode> back) {
    long all = 0;
    long erased = back.isEmpty() ? 0 : erasePurchasersOf(back);
    while (erased > 0) {
      all += erased;
      erased = erasePurchasersOf(back);
    }
    return all;
  }

  private long erasePurchasersOf(Map<UUID, Mode> back) {
    long erased = 0;
    WaysBack.Page page = waysBack.after(FIRST, PAGE);
    while (page.last().isPresent()) {
      for (Map.Entry<UUID, UUID> each : page.customers().entrySet()) {
        Mode mode = back.get(each.getValue());
        if (mode != null) {
          purchasers.erase(each.getKey(), mode);
          erased++;
        }
      }
      page = waysBack.after(page.last().get(), PAGE);
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
