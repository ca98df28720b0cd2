package org.tallykeep.customer.purchaser;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.LeftRows;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.envelope.SealingKey;

/**
 * The customers' side of a renewal: every link is sealed anew, whether or not it names a pseudonym
 * from before. Which customers came during the renewal does not show in what was written.
 */
@Singleton
public final class LinkRenewal {

  private static final int AT_ONCE = 500;
  private static final UUID FIRST = new UUID(0, 0);

  private final Transactions transactions;
  private final Keys keys;
  private final RenewedPseudonyms renewed;

  LinkRenewal(Transactions transactions, Keys keys, RenewedPseudonyms renewed) {
    this.transactions = transactions;
    this.keys = keys;
    this.renewed = renewed;
  }

  public long count() {
    return transactions.call(LinkRepository::count);
  }

  /**
   * Seals all links anew, for when nobody writes one any more that names a pseudonym from before.
   * Doing it again does no harm.
   *
   * @param progress is told how many were looked at, portion by portion
   */
  public void renewAll(IntConsumer progress) {
    LeftRows left = new LeftRows("links");
    UUID last = FIRST;
    List<UUID> portion;
    do {
      UUID after = last;
      portion = transactions.call(c -> LinkRepository.after(c, after, AT_ONCE));
      List<UUID> customers = portion;
      if (!customers.isEmpty()) {
        transactions.run(c -> renew(c, customers, left));
        progress.accept(customers.size());
        last = customers.getLast();
      }
    } while (portion.size() == AT_ONCE);
    left.say();
  }

  /** A link whose key is destroyed stays as it is: nobody opens it. */
  private void renew(Connection connection, List<UUID> customers, LeftRows left)
      throws SQLException {
    List<Link> links = LinkRepository.lock(connection, customers);
    List<Optional<SealingKey>> linkKeys = keys.links(links.stream().map(Link::key).toList());
    Map<Link, UUID> purchasers = new HashMap<>();
    Map<Link, SealingKey> opened = new HashMap<>();
    for (int i = 0; i < links.size(); i++) {
      Link link = links.get(i);
      SealingKey key = linkKeys.get(i).orElse(null);
      if (key != null) {
        left.open(() -> link.open(key)).ifPresent(purchaser -> purchasers.put(link, purchaser));
        opened.put(link, key);
      }
    }
    Map<UUID, UUID> now = renewed.whileUnderWay(connection, purchasers.values());
    List<Link> anew = new ArrayList<>();
    purchasers.forEach(
        (link, purchaser) -> {
          SealingKey key = opened.get(link);
          if (key != null) {
            anew.add(link.to(key, now.getOrDefault(purchaser, purchaser)));
          }
        });
    LinkRepository.update(connection, anew);
  }
}
