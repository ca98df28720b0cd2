package org.tallykeep.customer.profile;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.aggregates.Traits;
import org.tallykeep.customer.consent.Consents;
import org.tallykeep.customer.traits.KnownCustomers;

/** What is known of customers from what the purpose {@code mask} alone opens. */
@Singleton
final class OpenTraits implements KnownCustomers {

  private final OpenedCustomers opened;
  private final Attributes attributes;
  private final Consents consents;

  OpenTraits(OpenedCustomers opened, Attributes attributes, Consents consents) {
    this.opened = opened;
    this.attributes = attributes;
    this.consents = consents;
  }

  @Override
  public Map<UUID, Traits> describe(Collection<UUID> customers) {
    Map<UUID, Mask> masks = opened.openMasks(customers, ProfileSealer::mask).values();
    Set<UUID> refusing = consents.refusingProfiling(masks.keySet());
    Map<UUID, Traits> traits = new HashMap<>();
    masks.forEach(
        (id, mask) ->
            traits.put(
                id,
                new Traits(false, refusing.contains(id), attributes.segments(mask.attributes()))));
    return traits;
  }
}
