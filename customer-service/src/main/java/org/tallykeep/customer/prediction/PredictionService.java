package org.tallykeep.customer.prediction;

import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.profile.CustomerView;
import org.tallykeep.customer.profile.ProfileReader;
import org.tallykeep.customer.purchaser.Links;
import org.tallykeep.customer.restriction.Restrictions;
import org.tallykeep.platform.problem.Unavailable;

/** Asks for predictions by pseudonym and answers by customer. */
@Singleton
final class PredictionService {

  /** The most that the analytics service answers at once. */
  private static final int MOST_AT_ONCE = 10_000;

  private static final int SOME_MORE = 20;
  private static final String NO_PURCHASES = "no-purchases";

  private final AnalyticsService analytics;
  private final Links links;
  private final CustomerDirectory directory;
  private final ProfileReader profiles;
  private final Restrictions restrictions;

  PredictionService(
      @RestClient AnalyticsService analytics,
      Links links,
      CustomerDirectory directory,
      ProfileReader profiles,
      Restrictions restrictions) {
    this.analytics = analytics;
    this.links = links;
    this.directory = directory;
    this.profiles = profiles;
    this.restrictions = restrictions;
  }

  /** Of these customers in their order; those who do not exist are left out. */
  Predictions of(List<UUID> customers, int horizonDays) {
    Set<UUID> restricted = restrictions.among(customers);
    Map<UUID, UUID> purchasers =
        links.purchasersOf(customers.stream().filter(id -> !restricted.contains(id)).toList());
    Map<UUID, PseudonymPrediction> byPurchaser = new HashMap<>();
    if (!purchasers.isEmpty()) {
      ask(PseudonymRequest.of(List.copyOf(purchasers.values()), horizonDays))
          .forEach(prediction -> byPurchaser.put(prediction.purchaser(), prediction));
    }
    Map<UUID, @Nullable PseudonymPrediction> chosen = new LinkedHashMap<>();
    for (UUID customer : customers) {
      UUID purchaser = purchasers.get(customer);
      if (purchaser != null) {
        chosen.put(customer, byPurchaser.get(purchaser));
      } else if (restricted.contains(customer)) {
        chosen.put(customer, null);
      }
    }
    return answer(chosen, restricted, horizonDays);
  }

  /** The customers expected to buy most, best first. */
  Predictions top(int count, int horizonDays) {
    // Some of the best buyers are anonymous, so more are asked for than are wanted.
    int asked = Math.min(MOST_AT_ONCE, 2 * count + SOME_MORE);
    while (true) {
      List<PseudonymPrediction> best = ask(PseudonymRequest.top(asked, horizonDays));
      Map<UUID, @Nullable PseudonymPrediction> chosen = customersAmong(best, count);
      if (chosen.size() == count || best.size() < asked || asked == MOST_AT_ONCE) {
        return answer(chosen, Set.of(), horizonDays);
      }
      asked = Math.min(MOST_AT_ONCE, 4 * asked);
    }
  }

  private Map<UUID, @Nullable PseudonymPrediction> customersAmong(
      List<PseudonymPrediction> best, int count) {
    List<PseudonymPrediction> eligible =
        best.stream().filter(PseudonymPrediction::eligible).toList();
    Map<UUID, UUID> customers =
        directory.customersOf(eligible.stream().map(PseudonymPrediction::purchaser).toList());
    Set<UUID> restricted = restrictions.among(customers.values());
    Map<UUID, @Nullable PseudonymPrediction> chosen = new LinkedHashMap<>();
    for (PseudonymPrediction prediction : eligible) {
      UUID customer = customers.get(prediction.purchaser());
      if (customer != null && !restricted.contains(customer) && chosen.size() < count) {
        chosen.put(customer, prediction);
      }
    }
    return chosen;
  }

  private Predictions answer(
      Map<UUID, @Nullable PseudonymPrediction> chosen, Set<UUID> restricted, int horizonDays) {
    Map<UUID, CustomerView> masked = profiles.masked(chosen.keySet());
    List<Predictions.OfCustomer> predictions = new ArrayList<>();
    @Nullable PseudonymPrediction source = null;
    for (Map.Entry<UUID, @Nullable PseudonymPrediction> entry : chosen.entrySet()) {
      CustomerView customer = masked.get(entry.getKey());
      if (customer != null) {
        PseudonymPrediction prediction = entry.getValue();
        predictions.add(
            restricted.contains(customer.id())
                ? nothing(customer.asRestricted(), Restrictions.REASON)
                : of(customer, prediction));
        source = source == null ? prediction : source;
      }
    }
    return new Predictions(
        horizonDays,
        source == null ? null : source.asOf(),
        source == null ? null : source.dataThrough(),
        source == null ? null : source.modelVersion(),
        predictions);
  }

  private static Predictions.OfCustomer of(
      CustomerView customer, @Nullable PseudonymPrediction prediction) {
    return prediction == null
        ? nothing(customer, NO_PURCHASES)
        : new Predictions.OfCustomer(
            customer,
            prediction.expected(),
            prediction.pAlive(),
            prediction.eligible(),
            prediction.reason());
  }

  private static Predictions.OfCustomer nothing(CustomerView customer, String reason) {
    return new Predictions.OfCustomer(customer, null, null, false, reason);
  }

  private List<PseudonymPrediction> ask(PseudonymRequest request) {
    try {
      return analytics.predict(request);
    } catch (ProcessingException e) {
      throw new Unavailable(
          "analytics-unavailable",
          "The analytics service does not answer. Try again in a while.",
          Duration.ofSeconds(5),
          e);
    }
  }
}
