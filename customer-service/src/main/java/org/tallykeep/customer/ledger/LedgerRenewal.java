package org.tallykeep.customer.ledger;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.tallykeep.customer.index.IndexKeys;
import org.tallykeep.customer.ledger.LedgerRenewalRepository.Moved;
import org.tallykeep.customer.ledger.LedgerRenewalRepository.MovedTag;
import org.tallykeep.customer.platform.DatasetRecords;

/**
 * Writes purchases anew under other pseudonyms and other ids of their own, with all that refers to
 * them. They all go to the open partition: in which ones somebody bought how much would tell who
 * they were before.
 */
@Singleton
public final class LedgerRenewal {

  /** Sealed purchases may be long: so many are in memory at once. */
  private static final int AT_ONCE = 64;

  private final DatasetRecords records;

  LedgerRenewal(DatasetRecords records) {
    this.records = records;
  }

  /**
   * Within the transaction that holds the index and has the shard of them all. Keeps everybody from
   * writing purchases until it ends: none is written under one of the old pseudonyms afterwards.
   *
   * @param pseudonyms the new ones by the old ones
   * @return the new ids of purchases by the old ones
   */
  public Map<UUID, UUID> move(
      Connection connection, IndexKeys keys, int shard, Map<UUID, UUID> pseudonyms)
      throws SQLException {
    Partitions.lockOutWriters(connection);
    int partition = Partitions.open(connection);
    List<Moved> all = LedgerRenewalRepository.of(connection, pseudonyms);
    // In the order of the new random ids, which says nothing of the order before.
    all.sort(Comparator.comparing(Moved::after));
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      List<Moved> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
      write(connection, keys, partition, some);
    }
    LedgerRenewalRepository.delete(connection, pseudonyms.keySet());
    LedgerRenewalRepository.moveMarks(connection, shard, partition, all);
    LedgerRenewalRepository.moveRebuilds(connection, shard, pseudonyms);
    Map<UUID, UUID> ids = new HashMap<>();
    all.forEach(purchase -> ids.put(purchase.before(), purchase.after()));
    return ids;
  }

  private void write(Connection connection, IndexKeys keys, int partition, List<Moved> purchases)
      throws SQLException {
    Map<UUID, byte[]> sealed = LedgerRenewalRepository.sealed(connection, purchases);
    List<byte[]> anew = new ArrayList<>(purchases.size());
    List<MovedTag> events = new ArrayList<>();
    List<MovedTag> corrections = new ArrayList<>();
    for (Moved purchase : purchases) {
      byte[] payload =
          records.open(
              LedgerEvents.PURPOSE,
              LedgerEvents.associatedData(purchase.before()),
              Objects.requireNonNull(sealed.get(purchase.before())));
      PurchaseCodec.Read read = PurchaseCodec.read(purchase.before(), payload);
      events.add(new MovedTag(purchase, LedgerEvents.tags(keys, read.eventId())));
      if (read.corrects() != null) {
        corrections.add(new MovedTag(purchase, LedgerEvents.tags(keys, read.corrects())));
      }
      anew.add(
          records.seal(
              LedgerEvents.PURPOSE,
              LedgerEvents.associatedData(purchase.after()),
              PurchaseCodec.under(payload, purchase.buyerBefore(), purchase.buyerAfter())));
    }
    LedgerRenewalRepository.insert(connection, partition, purchases, anew);
    int version = keys.versions().settled();
    LedgerRenewalRepository.moveTags(connection, LedgerEvents.INDEX, version, partition, events);
    LedgerRenewalRepository.moveTags(
        connection, LedgerEvents.CORRECTIONS, version, partition, corrections);
  }

  /** How many purchases each of some pseudonyms has. */
  public static Map<UUID, Long> count(Connection connection, List<UUID> pseudonyms)
      throws SQLException {
    return LedgerRenewalRepository.count(connection, pseudonyms);
  }
}
