package org.tallykeep.customer.ledger;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.tallykeep.customer.index.IndexKeys;
import org.tallykeep.customer.index.Tags;
import org.tallykeep.customer.ledger.LedgerRepository.Portion;
import org.tallykeep.customer.platform.DatasetRecords;
import org.tallykeep.envelope.AssociatedData;

/** What counts purchases reads of the ledger. */
@Singleton
public final class LedgerEvents {

  static final String PURPOSE = "ledger";
  static final String INDEX = "purchase_event";
  static final String CORRECTIONS = "purchase_correction";
  private static final String KIND = "purchase";

  private final DatasetRecords records;

  LedgerEvents(DatasetRecords records) {
    this.records = records;
  }

  /** What a row of the ledger is sealed with: it is never changed. */
  static AssociatedData associatedData(UUID purchaseId) {
    return AssociatedData.of(KIND, purchaseId, PURPOSE, 1);
  }

  /** By which an event is found. */
  static Tags tags(IndexKeys keys, String eventId) {
    return keys.tags(INDEX, "event", eventId.getBytes(StandardCharsets.UTF_8), 0);
  }

  static byte[] payload(DatasetRecords records, LedgerRepository.StoredRow row) {
    return records.open(PURPOSE, associatedData(row.id()), row.sealed());
  }

  /** Opened together they have to fit into a small heap, whatever they hold. */
  private static final long MOST_BYTES = 4L << 20;

  /** Takes purchases that wait in a shard; they wait no more when the transaction commits. */
  public List<LedgerPurchase> takePending(Connection connection, int shard, int most)
      throws SQLException {
    return opened(LedgerRepository.takePending(connection, shard, new Portion(most, MOST_BYTES)));
  }

  /** Takes those of one pseudonym. */
  public List<LedgerPurchase> takePendingOf(
      Connection connection, int shard, UUID purchaserId, int most) throws SQLException {
    return opened(
        LedgerRepository.takePendingOf(
            connection, shard, purchaserId, new Portion(most, MOST_BYTES)));
  }

  /** The pseudonyms of which something waits in a shard, at most so many. */
  public List<UUID> waiting(Connection connection, int shard, int most) throws SQLException {
    return LedgerRepository.waiting(connection, shard, most);
  }

  /** Puts aside what waits of a pseudonym and cannot be counted; how many purchases those are. */
  public int park(Connection connection, int shard, UUID purchaserId) throws SQLException {
    return LedgerRepository.park(connection, shard, purchaserId);
  }

  private List<LedgerPurchase> opened(List<LedgerRepository.StoredRow> rows) {
    return rows.stream().map(this::open).toList();
  }

  /**
   * Takes all of one pseudonym that counts, what waits too; it waits no more after the commit.
   *
   * @throws HistoryTooLong if that is more than one history holds
   */
  public List<LedgerPurchase> takeAllOf(Connection connection, int shard, UUID purchaserId)
      throws SQLException {
    LedgerRepository.deletePendingOf(connection, shard, purchaserId);
    return takeCounted(connection, shard, purchaserId);
  }

  /** Takes all of one pseudonym that counts but for what was put aside. */
  public List<LedgerPurchase> takeCounted(Connection connection, int shard, UUID purchaserId)
      throws SQLException {
    CorrectionRepository.rebuilt(connection, shard, purchaserId);
    Portions portions = new Portions();
    LedgerRepository.eachOfPurchaser(
        connection, shard, purchaserId, row -> portions.add(open(row)));
    return portions.all;
  }

  /** Purchases that one history can hold, read no further than that. */
  private static final class Portions {

    /** What an order and a line take of a history at least. */
    private static final int ORDER_BYTES = 20;

    private static final int LINE_BYTES = 4;

    private final List<LedgerPurchase> all = new ArrayList<>();
    private long bytes;

    void add(LedgerPurchase purchase) {
      bytes += ORDER_BYTES + (long) LINE_BYTES * purchase.lines().size();
      if (bytes > HistoryTooLong.MOST_BYTES) {
        throw new HistoryTooLong();
      }
      all.add(purchase);
    }
  }

  /** Whether something of a pseudonym is not in its history as it should be. */
  public boolean isAnyWaiting(Connection connection, int shard, UUID purchaserId)
      throws SQLException {
    return LedgerRepository.isAnyWaiting(connection, shard, purchaserId);
  }

  /** Takes all of one pseudonym that can be counted; what was put aside stays there. */
  public List<LedgerPurchase> takeAllThatCounts(Connection connection, int shard, UUID purchaserId)
      throws SQLException {
    LedgerRepository.deletePending(connection, shard, purchaserId);
    return takeCounted(connection, shard, purchaserId);
  }

  /**
   * Keeps all who write purchases out until the transaction ends; before it touches any table, as
   * the rewriting of tables does.
   */
  public void lockOutWriters(Connection connection) throws SQLException {
    Partitions.lockOutWriters(connection);
  }

  /** Removes all of one pseudonym, tags too: nothing of it can be counted or corrected any more. */
  public void remove(Connection connection, int shard, UUID purchaserId) throws SQLException {
    LedgerRepository.removeAllOf(connection, shard, purchaserId);
  }

  /**
   * What counts of a pseudonym and was counted already.
   *
   * @param unreadable how many of its events do not open
   */
  public record OfPseudonym(UUID id, List<LedgerPurchase> purchases, int unreadable) {
    /** Leaves everything out. */
    @Override
    public String toString() {
      return "OfPseudonym[…]";
    }
  }

  /** The pseudonyms of a shard that have anything in the ledger, counted or not. */
  public List<UUID> pseudonyms(Connection connection, int shard) throws SQLException {
    return ShardIds.of(connection, "purchase", "purchaser_id", shard);
  }

  /**
   * Reads what was counted of these pseudonyms, one after the other, all of them: as {@link
   * #takeCounted} but for what waits, and nothing is changed.
   */
  public void eachCounted(
      Connection connection, int shard, List<UUID> pseudonyms, Consumer<OfPseudonym> visitor)
      throws SQLException {
    new CountedEvents(pseudonyms, this::open, visitor).read(connection, shard);
  }

  /** Pseudonyms of a shard that are to be made anew, at most so many. */
  public List<UUID> toRebuild(Connection connection, int shard, int most) throws SQLException {
    return CorrectionRepository.toRebuild(connection, shard, most);
  }

  /** The shards in which purchases wait, or pseudonyms that are to be made anew. */
  public List<Integer> shardsToDo(Connection connection) throws SQLException {
    return LedgerRepository.shardsToDo(connection);
  }

  private LedgerPurchase open(LedgerRepository.StoredRow row) {
    LedgerPurchase purchase = PurchaseCodec.decode(row.id(), payload(records, row));
    if (!purchase.purchaserId().equals(row.purchaserId())) {
      throw new IllegalStateException("a purchase stands under another pseudonym than its own");
    }
    return purchase;
  }
}
