package org.tallykeep.customer.purchaser;

import java.util.UUID;

/** Who bought something, as the caller names them. */
public sealed interface Buyer {

  /** A customer this service knows. */
  record ByCustomer(UUID customerId) implements Buyer {}

  /** The number by which the retailer's own systems know a person, profile or not. */
  record ByExternalId(String externalId) implements Buyer {
    /** Leaves the number out: it names a person. */
    @Override
    public String toString() {
      return "ByExternalId[…]";
    }
  }
}
