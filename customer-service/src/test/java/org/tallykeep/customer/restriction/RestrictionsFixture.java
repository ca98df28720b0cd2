package org.tallykeep.customer.restriction;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Transactions;

/** This package's parts for the tests of others. */
public final class RestrictionsFixture {

  private final RestrictionChanges changes;

  public RestrictionsFixture(Transactions transactions, Keys keys) {
    this.changes = new RestrictionChanges(transactions, keys, Clock.systemUTC());
  }

  public static Restrictions of(Transactions transactions, Keys keys) {
    return new Restrictions(transactions, keys);
  }

  public void restrict(UUID customer, String reason) {
    requirePresent(changes.restrict(customer, reason, "an officer"));
  }

  public void lift(UUID customer) {
    requirePresent(changes.lift(customer, "another officer"));
  }

  private static void requirePresent(Optional<Restriction> restriction) {
    if (restriction.isEmpty()) {
      throw new IllegalArgumentException("no such customer");
    }
  }

  /** Whether it is in force and how many periods there were. */
  public String told(UUID customer) {
    RestrictionView view = RestrictionView.of(changes.read(customer).orElseThrow());
    return view.restricted() + " " + view.periods().size();
  }
}
