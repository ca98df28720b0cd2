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
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Tag;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.envelope.BlindIndexKey;
import org.tallykeep.envelope.SealingKey;

/**
 * Gives new customers their purchaser: the one under whom they have been buying without a profile,
 * or one from the pool. Writes to the customer side alone.
 */
@Singleton
public final class SignUps {

  /** A customer who is being made. */
  public record NewCustomer(UUID id, SealingKey link, @Nullable String externalId) {}

  /** Writes the rest of the customers named, within the transaction that writes their links. */
  @FunctionalInterface
  public interface Rest {
    void write(Connection connection, Set<UUID> customers) throws SQLException;
  }

  private final Transactions transactions;
  private final Keys keys;
  private final Pool pool;

  SignUps(Transactions transactions, Keys keys, Pool pool) {
    this.transactions = transactions;
    this.keys = keys;
    this.pool = pool;
  }

  /** Which external ids are customers already. */
  public Map<String, UUID> known(Collection<String> externalIds) {
    BlindIndexKey key = keys.index();
    Map<Tag, String> ids = new HashMap<>();
    externalIds.forEach(id -> ids.put(ExternalId.of(id).customerTag(key), id));
    Map<String, UUID> known = new HashMap<>();
    transactions
        .call(c -> LinkRepository.customersByTag(c, ids.keySet()))
        .forEach((tag, customer) -> known.put(ids.getOrDefault(tag, ""), customer));
    return known;
  }

  /**
   * Signs customers up in one transaction, except those whose external id somebody else has signed
   * up in the meantime. No external id may be among them twice.
   *
   * @param rest called after the customers are chosen and before their links are written
   * @return the customers signed up
   */
  public Set<UUID> signUp(List<NewCustomer> customers, Rest rest) {
    BlindIndexKey key = keys.index();
    Deque<UUID> drawn = new ArrayDeque<>(pool.take(customers.size()));
    Set<UUID> signedUp =
        transactions.call(
            c -> {
              Map<UUID, ExternalId> ids = externalIds(customers);
              LinkRepository.lockNew(c, ids.values());
              Set<Tag> taken =
                  LinkRepository.customersByTag(
                          c, ids.values().stream().map(id -> id.customerTag(key)).toList())
                      .keySet();
              Map<Tag, UUID> anonymous =
                  PurchaserRepository.anonymousByTag(
                      c, ids.values().stream().map(id -> id.anonymousTag(key)).toList());
              List<Link> links = new ArrayList<>(customers.size());
              Map<UUID, Tag> tags = new HashMap<>();
              for (NewCustomer customer : customers) {
                ExternalId id = ids.get(customer.id);
                if (id == null) {
                  links.add(Link.seal(customer.link, customer.id, drawn.removeFirst()));
                } else if (!taken.contains(id.customerTag(key))) {
                  UUID before = anonymous.get(id.anonymousTag(key));
                  UUID purchaser = before == null ? drawn.removeFirst() : before;
                  links.add(Link.seal(customer.link, customer.id, purchaser));
                  tags.put(customer.id, id.customerTag(key));
                }
              }
              Set<UUID> chosen = new HashSet<>();
              links.forEach(link -> chosen.add(link.customer()));
              rest.write(c, chosen);
              LinkRepository.insert(c, links, tags);
              return chosen;
            });
    // Only now is it certain which were used: those of a failed transaction are lost instead.
    pool.giveBack(drawn);
    return signedUp;
  }

  private static Map<UUID, ExternalId> externalIds(List<NewCustomer> customers) {
    Map<UUID, ExternalId> ids = new HashMap<>();
    for (NewCustomer customer : customers) {
      if (customer.externalId != null) {
        ids.put(customer.id, ExternalId.of(customer.externalId));
      }
    }
    return ids;
  }
}
