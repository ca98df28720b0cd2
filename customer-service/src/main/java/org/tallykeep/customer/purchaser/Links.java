package org.tallykeep.customer.purchaser;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.SealingKey;

/** Opens the sealed ways from customers to purchasers. */
@Singleton
public final class Links {

  private final Transactions transactions;
  private final Keys keys;

  Links(Transactions transactions, Keys keys) {
    this.transactions = transactions;
    this.keys = keys;
  }

  /** The purchaser of each customer; those who do not exist, or no longer, are missing. */
  public Map<UUID, UUID> purchasersOf(Collection<UUID> customers) {
    List<Link> links = links(customers);
    Map<UUID, UUID> purchasers = open(links);
    // A key that was replaced since the link was read opens it no more; it is under the next one.
    Map<UUID, KeyRef> unopened = new HashMap<>();
    links.stream()
        .filter(link -> !purchasers.containsKey(link.customer()))
        .forEach(link -> unopened.put(link.customer(), link.key()));
    if (!unopened.isEmpty()) {
      purchasers.putAll(
          open(
              links(unopened.keySet()).stream()
                  .filter(link -> !link.key().equals(unopened.get(link.customer())))
                  .toList()));
    }
    return purchasers;
  }

  private List<Link> links(Collection<UUID> customers) {
    return transactions.call(c -> LinkRepository.links(c, customers));
  }

  /** How many customers there are. */
  public long count() {
    return transactions.call(LinkRepository::count);
  }

  /** Shows the id of every customer, in no particular order, without holding them all. */
  public void eachCustomer(Consumer<UUID> visitor) {
    transactions.run(c -> LinkRepository.eachCustomer(c, visitor));
  }

  private Map<UUID, UUID> open(List<Link> links) {
    List<Optional<SealingKey>> linkKeys = keys.links(links.stream().map(Link::key).toList());
    Map<UUID, UUID> purchasers = new HashMap<>(links.size() * 2);
    for (int i = 0; i < links.size(); i++) {
      Link link = links.get(i);
      linkKeys.get(i).ifPresent(key -> purchasers.put(link.customer(), link.open(key)));
    }
    return purchasers;
  }
}
