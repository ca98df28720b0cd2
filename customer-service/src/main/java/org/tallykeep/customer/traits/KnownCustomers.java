package org.tallykeep.customer.traits;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.tallykeep.aggregates.Traits;

/** Says what is known of customers. */
@FunctionalInterface
public interface KnownCustomers {

  /**
   * What is known now, by customer; whoever is missing cannot be opened at the moment. Whether a
   * history is an opening balance is not for this to say.
   */
  Map<UUID, Traits> describe(Collection<UUID> customers);
}
