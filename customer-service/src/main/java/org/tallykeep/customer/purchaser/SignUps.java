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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.tallykeep.customer.index.IndexKeys;
import org.tallykeep.customer.index.IndexVersions;
import org.tallykeep.customer.index.Tags;
import org.tallykeep.customer.platform.Tag;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.rekey.RowDeadlines;
import org.tallykeep.customer.suppression.Suppression;
import org.tallykeep.envelope.SealingKey;

/**
 * Gives new customers their purchaser: the one under whom they have been buying without a profile,
 * or one from the pool. Writes to the customer side alone.
 */
@Singleton
public final class SignUps {

  /** A customer who is being made. */
  public record NewCustomer(UUID id, SealingKey link, List<String> externalIds) {}

  /** Writes the rest of the customers named, within the transaction that writes their links. */
  @FunctionalInterface
  public interface Rest {
    void write(Connection connection, Set<UUID> customers) throws SQLException;
  }

  private final Transactions transactions;
  private final IndexVersions index;
  private final Pool pool;

  SignUps(Transactions transactions, IndexVersions index, Pool pool) {
    this.transactions = transactions;
    this.index = index;
    this.pool = pool;
  }

  /** Which external ids are customers already. */
  public Map<String, UUID> known(Collection<String> externalIds) {
    return index.with(
        keys -> {
          Map<String, Tags> tags = new HashMap<>();
          externalIds.forEach(id -> tags.put(id, tagsOf(keys, id)));
          Map<Tag, UUID> found =
              transactions.call(
                  c -> {
                    keys.hold(c);
                    return LinkRepository.customersByTag(c, tags.values());
                  });
          Map<String, UUID> known = new HashMap<>();
          tags.forEach(
              (id, theirs) -> {
                UUID customer = theirs.in(found);
                if (customer != null) {
                  known.put(id, customer);
                }
              });
          return known;
        });
  }

  /** Marks that erased customers of these external ids left under these keys, in their order. */
  public static List<Set<Tag>> marks(
      Suppression suppression, IndexKeys keys, List<String> externalIds) {
    return AnonymousIds.marks(suppression, keys, externalIds.stream().map(ExternalId::of).toList());
  }

  /** By which a customer with that external id is found. */
  public static Tags tagsOf(IndexKeys keys, String externalId) {
    return ExternalId.of(externalId).customerTags(keys);
  }

  /**
   * Signs customers up in one transaction, except those one of whose external ids somebody else has
   * signed up in the meantime, and those whose ids are of several anonymous buyers: each of these
   * has a purchaser of their own. No external id may be among them twice.
   *
   * @param keys by which the rest was tagged
   * @param deadline of the customers' keys
   * @param rest called after the customers are chosen and before their links are written
   * @return the customers signed up
   * @throws org.tallykeep.platform.problem.Unavailable if the deadline has passed
   */
  public Set<UUID> signUp(
      IndexKeys keys, List<NewCustomer> customers, RowDeadlines.Deadline deadline, Rest rest) {
    long seen = pool.seen();
    Deque<UUID> drawn = new ArrayDeque<>(pool.take(customers.size()));
    Set<UUID> signedUp =
        transactions.call(
            c -> {
              keys.hold(c);
              Map<UUID, List<ExternalId>> ids = externalIds(customers);
              List<ExternalId> all = ids.values().stream().flatMap(List::stream).toList();
              LinkRepository.lockNew(c, all);
              Set<Tag> taken =
                  LinkRepository.customersByTag(
                          c, all.stream().map(id -> id.customerTags(keys)).toList())
                      .keySet();
              Map<Tag, PurchaserRepository.Anonymous> anonymous =
                  PurchaserRepository.anonymousByTag(
                      c, all.stream().map(id -> id.anonymousTags(keys)).toList());
              Map<UUID, UUID> renewed = pool.current(c, seen, all(drawn, anonymous.values()));
              List<Link> links = new ArrayList<>(customers.size());
              List<LinkRepository.OwnedTags> tags = new ArrayList<>();
              for (NewCustomer customer : customers) {
                List<ExternalId> theirs = ids.getOrDefault(customer.id, List.of());
                List<Tags> theirTags = theirs.stream().map(id -> id.customerTags(keys)).toList();
                Set<UUID> before = purchasers(keys, theirs, anonymous);
                if (before.size() < 2 && theirTags.stream().noneMatch(each -> each.anyIn(taken))) {
                  UUID purchaser =
                      before.isEmpty() ? drawn.removeFirst() : before.iterator().next();
                  links.add(
                      Link.seal(
                          customer.link, customer.id, renewed.getOrDefault(purchaser, purchaser)));
                  theirTags.forEach(
                      each -> tags.add(new LinkRepository.OwnedTags(customer.id, each)));
                }
              }
              Set<UUID> chosen = new HashSet<>();
              links.forEach(link -> chosen.add(link.customer()));
              rest.write(c, chosen);
              LinkRepository.insert(c, links, tags);
              deadline.require();
              return chosen;
            });
    // Only now is it certain which were used: those of a failed transaction are lost instead.
    pool.giveBack(seen, drawn);
    return signedUp;
  }

  private static Map<UUID, List<ExternalId>> externalIds(List<NewCustomer> customers) {
    Map<UUID, List<ExternalId>> ids = new HashMap<>();
    for (NewCustomer customer : customers) {
      ids.put(customer.id, customer.externalIds.stream().map(ExternalId::of).distinct().toList());
    }
    return ids;
  }

  private static List<UUID> all(
      Collection<UUID> drawn, Collection<PurchaserRepository.Anonymous> anonymous) {
    return Stream.concat(
            drawn.stream(), anonymous.stream().map(PurchaserRepository.Anonymous::purchaser))
        .toList();
  }

  /** Under whom they have been buying without a profile. */
  private static Set<UUID> purchasers(
      IndexKeys keys, List<ExternalId> ids, Map<Tag, PurchaserRepository.Anonymous> anonymous) {
    Set<UUID> purchasers = new HashSet<>();
    for (ExternalId id : ids) {
      PurchaserRepository.Anonymous before = id.anonymousTags(keys).in(anonymous);
      if (before != null) {
        purchasers.add(before.purchaser());
      }
    }
    return purchasers;
  }
}
