package org.tallykeep.customer.purchaser;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.tallykeep.customer.index.Outdated;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.SealingKey;

/** Opens the sealed ways from customers to purchasers. */
@Singleton
public final class Links {

  /** A renewal takes hours, and reading links does not. */
  private static final int TRIES = 3;

  private final Transactions transactions;
  private final Keys keys;
  private final RenewedPseudonyms renewed;

  Links(Transactions transactions, Keys keys, RenewedPseudonyms renewed) {
    this.transactions = transactions;
    this.keys = keys;
    this.renewed = renewed;
  }

  /** The purchaser of each customer; those who do not exist, or no longer, are missing. */
  public Map<UUID, UUID> purchasersOf(Collection<UUID> customers) {
    for (int tried = 1; ; tried++) {
      try {
        return current(customers);
      } catch (Outdated e) {
        // The renewal that these links were read in has ended: they are written anew by now.
        if (tried == TRIES) {
          throw e;
        }
      }
    }
  }

  /** To be asked before links are read; see {@link #current}. */
  public long seen() {
    return renewed.seen();
  }

  /**
   * What purchasers are called now, those of them that were renewed since their links were read.
   * Within the transaction that is to write under them, after it has what keeps others from
   * renewing them.
   *
   * @param seen from before the links were read
   * @throws Outdated if a renewal has ended since
   */
  public Map<UUID, UUID> current(Connection connection, long seen, Collection<UUID> purchasers)
      throws SQLException {
    return renewed.current(connection, seen, purchasers);
  }

  private Map<UUID, UUID> current(Collection<UUID> customers) {
    long seen = renewed.seen();
    Read read = read(customers);
    Map<UUID, UUID> purchasers = linked(read.links);
    if (read.renewing) {
      Map<UUID, UUID> now =
          transactions.call(c -> renewed.current(c, seen, Set.copyOf(purchasers.values())));
      purchasers.replaceAll((customer, before) -> now.getOrDefault(before, before));
    }
    return purchasers;
  }

  /** As the links say it. */
  private Map<UUID, UUID> linked(List<Link> links) {
    Map<UUID, UUID> purchasers = open(links);
    // A key that was replaced since the link was read opens it no more; it is under the next one.
    Map<UUID, KeyRef> unopened = new HashMap<>();
    links.stream()
        .filter(link -> !purchasers.containsKey(link.customer()))
        .forEach(link -> unopened.put(link.customer(), link.key()));
    if (!unopened.isEmpty()) {
      purchasers.putAll(
          open(
              read(unopened.keySet()).links.stream()
                  .filter(link -> !link.key().equals(unopened.get(link.customer())))
                  .toList()));
    }
    return purchasers;
  }

  /** Links, and whether they may name pseudonyms from before a renewal. */
  private record Read(boolean renewing, List<Link> links) {}

  private Read read(Collection<UUID> customers) {
    return transactions.call(
        c -> new Read(RenewalRepository.isUnderWay(c), LinkRepository.links(c, customers)));
  }

  /** Grows while pseudonyms are renewed: what is remembered of them is to be looked up anew. */
  public long renewals() {
    return transactions.call(RenewalRepository::renewed);
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
