package org.tallykeep.customer.prediction;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.tallykeep.customer.consent.Consents;
import org.tallykeep.customer.restriction.Restrictions;

/** Says of whom nothing is predicted, and why: at once, whatever their histories say so far. */
@Singleton
final class LeftOut {

  private static final String REFUSED = "profiling-refused";

  private final Consents consents;
  private final Restrictions restrictions;

  LeftOut(Consents consents, Restrictions restrictions) {
    this.consents = consents;
    this.restrictions = restrictions;
  }

  /** Those of the customers who are left out, each with the reason. */
  Map<UUID, String> among(Collection<UUID> customers) {
    Map<UUID, String> reasons = new HashMap<>();
    consents.refusingProfiling(customers).forEach(id -> reasons.put(id, REFUSED));
    restrictions.among(customers).forEach(id -> reasons.put(id, Restrictions.REASON));
    return reasons;
  }
}
