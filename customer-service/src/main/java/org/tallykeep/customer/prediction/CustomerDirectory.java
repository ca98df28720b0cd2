package org.tallykeep.customer.prediction;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.customer.purchaser.Links;
import org.tallykeep.platform.problem.Unavailable;

/**
 * Which customer a pseudonym is, from the links of customers opened one way and kept the other, in
 * memory alone (docs/adr/0006).
 *
 * <p>{@code reidentify} is not for a marketer, and the mixer fills it late; {@code link} is this
 * service's own. What is kept is only a hint: every answer is verified by opening the link of the
 * customer found, so an erased customer or a link that changed is never shown.
 */
@Singleton
public final class CustomerDirectory {

  private static final Logger LOG = Logger.getLogger(CustomerDirectory.class);
  private static final int BATCH = 1000;

  private final Links links;
  private final PredictionConfig config;
  private final Clock clock;
  private FingerprintMap byPurchaser = new FingerprintMap();
  private FingerprintMap byCustomer = new FingerprintMap();
  private @Nullable Instant since;
  private final AtomicBoolean refreshing = new AtomicBoolean();
  private volatile @Nullable Instant refreshed;

  /** How many pseudonyms had been renewed when everybody was last looked through. */
  private volatile long renewals;

  CustomerDirectory(Links links, PredictionConfig config, Clock clock) {
    this.links = links;
    this.config = config;
    this.clock = clock;
  }

  /** The customers of those purchasers who have one; anonymous buyers are missing. */
  Map<UUID, UUID> customersOf(Collection<UUID> purchasers) {
    forgetWhenOld();
    Map<UUID, UUID> hints = hints(purchasers);
    if (hints.size() < purchasers.size() && isStale()) {
      refresh();
      hints = hints(purchasers);
    }
    return verified(hints);
  }

  /**
   * The same, but whoever was linked before this call is found, however many there are to be looked
   * through first.
   */
  public Map<UUID, UUID> customersNow(Collection<UUID> purchasers) {
    forgetWhenOld();
    Map<UUID, UUID> verified = verified(hints(purchasers));
    if (verified.size() < purchasers.size()) {
      if (links.count() > config.remembered()) {
        throw new Refusal.Conflict(
            "too-many-customers",
            "More customers than are remembered: raise tallykeep.predictions.remembered.");
      }
      lookThrough();
      verified = verified(hints(purchasers));
    }
    return verified;
  }

  private Map<UUID, UUID> verified(Map<UUID, UUID> hints) {
    Map<UUID, UUID> verified = new HashMap<>();
    Map<UUID, UUID> opened = hints.isEmpty() ? Map.of() : links.purchasersOf(hints.values());
    hints.forEach(
        (purchaser, customer) -> {
          if (purchaser.equals(opened.get(customer))) {
            verified.put(purchaser, customer);
          }
        });
    return verified;
  }

  private synchronized Map<UUID, UUID> hints(Collection<UUID> purchasers) {
    Map<UUID, UUID> hints = new HashMap<>();
    for (UUID purchaser : purchasers) {
      UUID customer = byPurchaser.get(purchaser);
      if (customer != null) {
        hints.put(purchaser, customer);
      }
    }
    return hints;
  }

  /** So that nobody stays in memory for long whose link does not open any more. */
  private synchronized void forgetWhenOld() {
    Instant now = clock.instant();
    Instant began = since;
    if (began == null) {
      since = now;
    } else if (Duration.between(began, now).compareTo(config.forgetAfter()) >= 0) {
      byPurchaser = new FingerprintMap();
      byCustomer = new FingerprintMap();
      refreshed = null;
      since = now;
    }
  }

  private boolean isStale() {
    Instant last = refreshed;
    return last == null
        || Duration.between(last, clock.instant()).compareTo(config.refreshAfter()) >= 0;
  }

  private void refresh() {
    long customers = links.count();
    if (customers > config.remembered()) {
      throw new Refusal.Invalid(
          "prediction-refused",
          "too-many-customers",
          "top",
          "More customers than are remembered: name them, or raise tallykeep.predictions.remembered.");
    }
    if (customers <= config.whileWaiting()) {
      lookThrough();
      return;
    }
    if (refreshing.compareAndSet(false, true)) {
      Thread.ofVirtual().name("customer-directory").start(this::lookThroughQuietly);
    }
    if (refreshed == null) {
      throw new Unavailable(
          "predictions-warming-up",
          "The customers behind the pseudonyms are being looked through. Try again in a while.",
          Duration.ofSeconds(10),
          null);
    }
  }

  private void lookThroughQuietly() {
    try {
      lookThrough();
    } catch (RuntimeException e) {
      // What was found so far stays; the next request starts again.
      LOG.warnf("The directory of customers was not completed: %s", e.getMessage());
    } finally {
      refreshing.set(false);
    }
  }

  private void lookThrough() {
    Instant begun = clock.instant();
    long renewed = links.renewals();
    boolean anew = renewed != renewals;
    List<UUID> unknown = new ArrayList<>();
    links.eachCustomer(
        customer -> {
          if (anew || !isKnown(customer)) {
            unknown.add(customer);
          }
        });
    for (int from = 0; from < unknown.size(); from += BATCH) {
      remember(links.purchasersOf(unknown.subList(from, Math.min(from + BATCH, unknown.size()))));
    }
    renewals = renewed;
    refreshed = begun;
  }

  private synchronized boolean isKnown(UUID customer) {
    return byCustomer.contains(customer);
  }

  private synchronized void remember(Map<UUID, UUID> purchasers) {
    purchasers.forEach(
        (customer, purchaser) -> {
          byPurchaser.put(purchaser, customer);
          byCustomer.put(customer, purchaser);
        });
  }
}
