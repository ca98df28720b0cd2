package org.tallykeep.customer.purchaser;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Tag;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.envelope.BlindIndexKey;

/** Finds purchasers by the customer's link, by the tag of an anonymous buyer, or in the pool. */
@Singleton
final class LinkedPurchasers implements Purchasers {

  /** What the database knows of some external ids. */
  private record Known(Map<ExternalId, UUID> customers, Map<ExternalId, UUID> purchasers) {
    boolean has(ExternalId id) {
      return customers.containsKey(id) || purchasers.containsKey(id);
    }
  }

  private final Transactions transactions;
  private final Keys keys;
  private final Links links;
  private final Pool pool;

  LinkedPurchasers(Transactions transactions, Keys keys, Links links, Pool pool) {
    this.transactions = transactions;
    this.keys = keys;
    this.links = links;
    this.pool = pool;
  }

  @Override
  public List<Optional<UUID>> resolve(List<Buyer> buyers) {
    Known known = known(externalIds(buyers));
    Set<UUID> customers =
        buyers.stream()
            .map(buyer -> customerOf(buyer, known))
            .flatMap(Optional::stream)
            .collect(Collectors.toSet());
    Map<UUID, UUID> byCustomer = customers.isEmpty() ? Map.of() : links.purchasersOf(customers);
    return buyers.stream().map(buyer -> purchaserOf(buyer, known, byCustomer)).toList();
  }

  private static Set<ExternalId> externalIds(List<Buyer> buyers) {
    Set<ExternalId> ids = new LinkedHashSet<>();
    for (Buyer buyer : buyers) {
      if (buyer instanceof Buyer.ByExternalId(String externalId)) {
        ids.add(ExternalId.of(externalId));
      }
    }
    return ids;
  }

  private static Optional<UUID> customerOf(Buyer buyer, Known known) {
    return switch (buyer) {
      case Buyer.ByCustomer(UUID customer) -> Optional.of(customer);
      case Buyer.ByExternalId(String id) ->
          Optional.ofNullable(known.customers.get(ExternalId.of(id)));
    };
  }

  private static Optional<UUID> purchaserOf(Buyer buyer, Known known, Map<UUID, UUID> byCustomer) {
    Optional<UUID> customer = customerOf(buyer, known);
    @Nullable UUID purchaser =
        switch (buyer) {
          case Buyer.ByExternalId(String id) when customer.isEmpty() ->
              known.purchasers.get(ExternalId.of(id));
          case Buyer.ByExternalId _, Buyer.ByCustomer _ -> byCustomer.get(customer.orElseThrow());
        };
    return Optional.ofNullable(purchaser);
  }

  private Known known(Set<ExternalId> ids) {
    if (ids.isEmpty()) {
      return new Known(Map.of(), Map.of());
    }
    BlindIndexKey key = keys.index();
    Known known = transactions.call(c -> read(c, key, ids));
    Set<ExternalId> unknown = ids.stream().filter(id -> !known.has(id)).collect(Collectors.toSet());
    if (!unknown.isEmpty()) {
      Known added = addAnonymous(key, unknown);
      known.customers.putAll(added.customers);
      known.purchasers.putAll(added.purchasers);
    }
    return known;
  }

  /** Makes anonymous buyers of those that nobody else has made anything of in the meantime. */
  private Known addAnonymous(BlindIndexKey key, Set<ExternalId> ids) {
    Deque<UUID> drawn = new ArrayDeque<>(pool.take(ids.size()));
    Map<ExternalId, UUID> added = new HashMap<>();
    boolean kept = false;
    try {
      Known known =
          transactions.call(
              c -> {
                LinkRepository.lockNew(c, ids);
                Known found = read(c, key, ids);
                ids.stream()
                    .filter(id -> !found.has(id))
                    .forEach(id -> added.put(id, drawn.removeFirst()));
                Map<Tag, UUID> rows = new HashMap<>();
                added.forEach((id, purchaser) -> rows.put(id.anonymousTag(key), purchaser));
                PurchaserRepository.insertAnonymous(c, rows);
                return found;
              });
      kept = true;
      known.purchasers.putAll(added);
      return known;
    } finally {
      // After a failure it is unknown what was kept, so what was meant to be used is not given
      // back.
      pool.giveBack(kept || added.isEmpty() ? drawn : List.of());
    }
  }

  private static Known read(Connection connection, BlindIndexKey key, Collection<ExternalId> ids)
      throws SQLException {
    Map<Tag, ExternalId> customerTags = new HashMap<>();
    Map<Tag, ExternalId> anonymousTags = new HashMap<>();
    for (ExternalId id : ids) {
      customerTags.put(id.customerTag(key), id);
      anonymousTags.put(id.anonymousTag(key), id);
    }
    return new Known(
        byId(customerTags, LinkRepository.customersByTag(connection, customerTags.keySet())),
        byId(
            anonymousTags, PurchaserRepository.anonymousByTag(connection, anonymousTags.keySet())));
  }

  private static Map<ExternalId, UUID> byId(Map<Tag, ExternalId> ids, Map<Tag, UUID> found) {
    Map<ExternalId, UUID> byId = new HashMap<>();
    found.forEach(
        (tag, row) -> {
          ExternalId id = ids.get(tag);
          if (id != null) {
            byId.put(id, row);
          }
        });
    return byId;
  }
}
