package org.tallykeep.customer.purchaser;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.index.IndexKeys;
import org.tallykeep.customer.index.IndexVersions;
import org.tallykeep.customer.index.Tags;
import org.tallykeep.customer.platform.Tag;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.purchaser.PurchaserRepository.Anonymous;

/** Finds purchasers by the customer's link, by the tag of an anonymous buyer, or in the pool. */
@Singleton
final class LinkedPurchasers implements Purchasers {

  /** What the database knows of some external ids. */
  private record Known(
      Map<ExternalId, UUID> customers, Map<ExternalId, UUID> purchasers, Set<ExternalId> notKept) {
    boolean has(ExternalId id) {
      return customers.containsKey(id) || purchasers.containsKey(id);
    }
  }

  private final Transactions transactions;
  private final IndexVersions index;
  private final AnonymousIds anonymousIds;
  private final Links links;
  private final Pool pool;

  LinkedPurchasers(
      Transactions transactions,
      IndexVersions index,
      AnonymousIds anonymousIds,
      Links links,
      Pool pool) {
    this.transactions = transactions;
    this.index = index;
    this.anonymousIds = anonymousIds;
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

  @Override
  public long seen() {
    return pool.seen();
  }

  @Override
  public Map<UUID, UUID> current(Connection connection, long seen, Collection<UUID> purchasers)
      throws SQLException {
    return pool.current(connection, seen, purchasers);
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
      return new Known(Map.of(), Map.of(), Set.of());
    }
    return index.with(keys -> known(keys, ids));
  }

  private Known known(IndexKeys keys, Set<ExternalId> ids) {
    Known known =
        transactions.call(
            c -> {
              keys.hold(c);
              return read(c, keys, ids);
            });
    if (!known.notKept.isEmpty()) {
      keep(known);
    }
    Set<ExternalId> unknown = ids.stream().filter(id -> !known.has(id)).collect(Collectors.toSet());
    if (!unknown.isEmpty()) {
      unknown.removeAll(anonymousIds.keptAway(unknown));
    }
    if (!unknown.isEmpty()) {
      Known added = addAnonymous(keys, unknown);
      known.customers.putAll(added.customers);
      known.purchasers.putAll(added.purchasers);
    }
    return known;
  }

  /**
   * Rows from before external ids were kept have them from now on; who was let go since they were
   * read is not known any more.
   */
  private void keep(Known known) {
    Map<UUID, byte[]> sealed = new HashMap<>();
    known.purchasers.forEach(
        (id, purchaser) -> {
          if (known.notKept.contains(id)) {
            sealed.put(purchaser, anonymousIds.seal(purchaser, id));
          }
        });
    transactions.call(c -> PurchaserRepository.keepExternalIds(c, sealed)).forEach(sealed::remove);
    known.purchasers.values().removeAll(sealed.keySet());
  }

  /** Makes anonymous buyers of those that nobody else has made anything of in the meantime. */
  private Known addAnonymous(IndexKeys keys, Set<ExternalId> ids) {
    long seen = pool.seen();
    Deque<UUID> drawn = new ArrayDeque<>(pool.take(ids.size()));
    Map<ExternalId, UUID> added = new HashMap<>();
    boolean kept = false;
    try {
      Known known =
          transactions.call(
              c -> {
                keys.hold(c);
                LinkRepository.lockNew(c, ids);
                Known found = read(c, keys, ids);
                Map<UUID, UUID> renewed = pool.current(c, seen, drawn);
                ids.stream()
                    .filter(id -> !found.has(id))
                    .map(id -> Map.entry(id, drawn.removeFirst()))
                    .forEach(
                        each ->
                            added.put(
                                each.getKey(),
                                renewed.getOrDefault(each.getValue(), each.getValue())));
                insert(c, keys, added);
                return found;
              });
      kept = true;
      known.purchasers.putAll(added);
      return known;
    } finally {
      // After a failure it is unknown what was kept, so what was meant to be used is not given
      // back.
      pool.giveBack(seen, kept || added.isEmpty() ? drawn : List.of());
    }
  }

  private void insert(Connection connection, IndexKeys keys, Map<ExternalId, UUID> added)
      throws SQLException {
    List<Anonymous> buyers = new ArrayList<>();
    List<Tags> tags = new ArrayList<>();
    added.forEach(
        (id, purchaser) -> {
          buyers.add(new Anonymous(purchaser, anonymousIds.seal(purchaser, id)));
          tags.add(id.anonymousTags(keys));
        });
    PurchaserRepository.insertAnonymous(connection, buyers, tags);
  }

  private static Known read(Connection connection, IndexKeys keys, Collection<ExternalId> ids)
      throws SQLException {
    Map<Tag, UUID> customers =
        LinkRepository.customersByTag(
            connection, ids.stream().map(id -> id.customerTags(keys)).toList());
    Map<Tag, Anonymous> anonymous =
        PurchaserRepository.anonymousByTag(
            connection, ids.stream().map(id -> id.anonymousTags(keys)).toList());
    Known known = new Known(new HashMap<>(), new HashMap<>(), new HashSet<>());
    for (ExternalId id : ids) {
      UUID customer = id.customerTags(keys).in(customers);
      Anonymous buyer = id.anonymousTags(keys).in(anonymous);
      if (customer != null) {
        known.customers.put(id, customer);
      }
      if (buyer != null) {
        known.purchasers.put(id, buyer.purchaser());
        if (buyer.external() == null) {
          known.notKept.add(id);
        }
      }
    }
    return known;
  }
}
