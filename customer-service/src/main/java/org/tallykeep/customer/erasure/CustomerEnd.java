package org.tallykeep.customer.erasure;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.erasure.Erasure.Progress;
import org.tallykeep.customer.erasure.Revocations.Kind;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.customer.profile.CustomerErasure;
import org.tallykeep.customer.purchaser.Links;
import org.tallykeep.customer.purchaser.RenewalGate;
import org.tallykeep.platform.problem.Unavailable;

/**
 * Erases one customer after the other.
 *
 * <ol>
 *   <li>One transaction writes down what is to be done, leaves the marks and removes the customer:
 *       from that moment there is none.
 *   <li>No purchase is taken for the purchaser any more.
 *   <li>Either key is destroyed, and its receipt written down.
 *   <li>One transaction removes what is left of the purchaser.
 *   <li>Who they were is forgotten.
 * </ol>
 *
 * Each step may be done again. Whoever dies leaves the rest to whoever asks next, or to the loop.
 */
@Singleton
final class CustomerEnd {

  private final Erasures erasures;
  private final CustomerErasure customers;
  private final PurchaserSide purchasers;
  private final Links links;
  private final Revocations revocations;

  CustomerEnd(
      Erasures erasures,
      CustomerErasure customers,
      PurchaserSide purchasers,
      Links links,
      Revocations revocations) {
    this.erasures = erasures;
    this.customers = customers;
    this.purchasers = purchasers;
    this.links = links;
    this.revocations = revocations;
  }

  /** Erases a customer, or goes on with it; asked again it answers the same. */
  Erasure erase(UUID customer, Erasure.Request request) {
    Optional<Erasure> begun = erasures.ofCustomer(customer);
    if (begun.isEmpty() && begin(customer, request)) {
      begun = erasures.ofCustomer(customer);
    }
    Erasure erasure =
        begun
            .or(() -> erasures.ofCustomer(customer))
            .orElseThrow(
                () ->
                    new Refusal.NotFound(
                        "customer-not-found", "There is no customer with this id, or no longer."));
    if (erasure.request().mode() != request.mode()) {
      throw new Refusal.Conflict(
          "erased-otherwise",
          "This customer is erased in the other mode; what is destroyed cannot be told apart.");
    }
    return finish(erasure);
  }

  private boolean begin(UUID customer, Erasure.Request request) {
    UUID key = customers.keyOf(customer).orElse(null);
    if (key == null) {
      return false;
    }
    long renewed = links.renewals();
    UUID purchaser = purchaserOf(customer, key);
    UUID pseudonymKey = purchaser == null ? null : purchasers.keyOf(purchaser).orElse(null);
    Erasure erasure =
        new Erasure(
            UUID.randomUUID(), customer, 1, request, Progress.begin(key, purchaser, pseudonymKey));
    return customers.erase(
        customer,
        c -> {
          RenewalGate.pass(c, renewed);
          erasures.insert(c, erasure);
        });
  }

  /**
   * Who they buy as. When the key that tells is destroyed already nobody knows any more; when it
   * merely does not come it is not the time to erase anybody.
   */
  private @Nullable UUID purchaserOf(UUID customer, UUID key) {
    UUID purchaser = links.purchasersOf(List.of(customer)).get(customer);
    if (purchaser == null && !isDestroyed(key)) {
      throw new Unavailable(
          "keys-unavailable",
          "This customer's key cannot be had now. Nothing was erased; try again.",
          Duration.ofSeconds(5),
          null);
    }
    return purchaser;
  }

  private boolean isDestroyed(UUID key) {
    Map<UUID, Mode> found = revocations.among(Kind.SUBJECT, List.of(key));
    return found.containsKey(key);
  }

  /** Does what is left to be done. */
  Erasure finish(Erasure found) {
    Erasure now = found;
    while (!now.isDone()) {
      now = step(now);
    }
    return now;
  }

  private Erasure step(Erasure now) {
    Progress progress = now.progress();
    UUID purchaser = progress.purchaser();
    UUID pseudonymKey = progress.pseudonymKey();
    Mode mode = now.request().mode();
    if (progress.subjectReceipt() == null) {
      if (purchaser != null) {
        purchasers.close(purchaser);
      }
      return erasures.save(
          now, progress.withSubjectReceipt(destroy(Kind.SUBJECT, progress.subjectKey(), now)));
    }
    if (pseudonymKey != null && progress.pseudonymReceipt() == null) {
      return erasures.save(
          now, progress.withPseudonymReceipt(destroy(Kind.PSEUDONYM, pseudonymKey, now)));
    }
    if (purchaser != null) {
      purchasers.erase(Objects.requireNonNull(purchaser), mode);
    }
    return erasures.end(now);
  }

  private String destroy(Kind kind, UUID key, Erasure erasure) {
    return revocations.destroy(kind, key, erasure.request().mode(), erasure.request().caseId());
  }
}
