package org.tallykeep.customer.restriction;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.customer.platform.Caller;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.customer.platform.Roles;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.SealingKey;

/**
 * Says whose data may be stored and not be used. Only customers with a row cost more than the
 * question whether there is one.
 */
@Singleton
public final class Restrictions {

  /** What everybody calls it who is refused, or leaves somebody out. */
  public static final String REASON = "processing-restricted";

  private final Transactions transactions;
  private final Keys keys;

  Restrictions(Transactions transactions, Keys keys) {
    this.transactions = transactions;
    this.keys = keys;
  }

  /** Those of the customers for whom it is in force, or of whom that cannot be told now. */
  public Set<UUID> among(Collection<UUID> customers) {
    Set<UUID> restricted = new HashSet<>();
    List<RestrictionRow> unopened = addThoseInForce(find(customers), restricted);
    if (!unopened.isEmpty()) {
      // A key that was replaced since opens nothing more; what is there now is under the next one.
      Map<UUID, KeyRef> before = new HashMap<>();
      unopened.forEach(row -> before.put(row.customer(), row.key()));
      List<RestrictionRow> now = find(before.keySet());
      addThoseInForce(now, restricted).forEach(row -> restricted.add(row.customer()));
    }
    return restricted;
  }

  /** Whether it is in force for this one. */
  public boolean isInForce(UUID customer) {
    return !among(List.of(customer)).isEmpty();
  }

  /**
   * Refuses to show in the clear or to change a customer for whom it is in force.
   *
   * @return whether it is, where a privacy officer asks
   * @throws Refusal.NotAllowed if it is and anybody else does
   */
  public boolean require(UUID customer, Caller caller) {
    boolean inForce = isInForce(customer);
    if (inForce && !caller.hasRole(Roles.PRIVACY_OFFICER)) {
      throw refused();
    }
    return inForce;
  }

  /** What whoever is no privacy officer is told. */
  public static Refusal refused() {
    return new Refusal.NotAllowed(
        REASON,
        "Processing of this customer's data is restricted; a privacy officer can lift that.");
  }

  private List<RestrictionRow> find(Collection<UUID> customers) {
    return customers.isEmpty()
        ? List.of()
        : transactions.read(c -> RestrictionRepository.find(c, customers));
  }

  /** Answers those whose key does not come. */
  private List<RestrictionRow> addThoseInForce(List<RestrictionRow> rows, Set<UUID> restricted) {
    if (rows.isEmpty()) {
      return List.of();
    }
    List<RestrictionRow> unopened = new ArrayList<>();
    List<Optional<SealingKey>> masks = keys.masks(rows.stream().map(RestrictionRow::key).toList());
    try {
      for (int i = 0; i < rows.size(); i++) {
        SealingKey mask = masks.get(i).orElse(null);
        if (mask == null) {
          unopened.add(rows.get(i));
        } else if (rows.get(i).open(mask).inForce()) {
          restricted.add(rows.get(i).customer());
        }
      }
    } finally {
      masks.forEach(mask -> mask.ifPresent(SealingKey::close));
    }
    return unopened;
  }
}
