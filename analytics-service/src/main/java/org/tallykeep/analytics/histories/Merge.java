package org.tallykeep.analytics.histories;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import org.tallykeep.aggregates.Dataset;
import org.tallykeep.aggregates.HistoryStream;
import org.tallykeep.aggregates.ManifestSum;
import org.tallykeep.aggregates.PurchaseHistory;
import org.tallykeep.aggregates.RevisionCursor;
import org.tallykeep.aggregates.Shards;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.RecordNotOpenedException;
import org.tallykeep.envelope.SealedRecord;

/** New and changed rows put onto a snapshot, which itself is never touched. */
final class Merge {

  private final Histories before;
  private final Manifests manifests;
  private final ShardStates shards;
  private final Columns news = new Columns(0, 0);
  private final PseudonymIndex newsIndex = new PseudonymIndex(news);
  private final BitSet replaced = new BitSet();
  private final Handles handles;
  private int[] scratch = new int[64];

  Merge(Histories before, Manifests manifests, HistoryKeys keys) {
    this.before = before;
    this.manifests = manifests;
    this.handles = new Handles(keys);
    this.shards = before.shards().copy();
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      KeyRef key = manifests.of(shard).macKey();
      if (shards.rows(shard) > 0 && !key.equals(shards.key(shard))) {
        throw new UnaccountedHistoriesException("shard " + shard + " is under a new manifest key");
      }
      shards.use(shard, key);
    }
  }

  long read() {
    return news.size();
  }

  void put(HistoryStream.Row row) {
    UUID id = row.purchaserId();
    int shard = row.shard();
    if (shard != Shards.of(id) || row.revision() > manifests.of(shard).revision()) {
      throw new UnaccountedHistoriesException("a row does not belong to shard " + shard);
    }
    long high = id.getMostSignificantBits();
    long low = id.getLeastSignificantBits();
    if (newsIndex.find(high, low) >= 0) {
      throw new UnaccountedHistoriesException("a row came twice in shard " + shard);
    }
    int old = before.find(id);
    if (old >= 0) {
      shards.subtract(shard, before.columns().fingerprint(old));
      replaced.set(old);
    }
    byte[] fingerprint =
        ManifestSum.fingerprint(
            handles.manifest(manifests.of(shard).macKey()),
            Dataset.PURCHASE_HISTORY,
            id,
            row.revision(),
            row.sealed());
    shards.add(shard, fingerprint);
    PurchaseHistory history = open(row);
    int days = toScratch(history.days());
    news.add(high, low, fingerprint, scratch, 0, days);
    if (history.traits().unprofiled()) {
      news.markLastUnprofiled();
    }
    newsIndex.addLast();
  }

  private PurchaseHistory open(HistoryStream.Row row) {
    byte[] payload;
    try {
      payload =
          handles
              .aggregate(SealedRecord.keyOf(row.sealed()))
              .open(
                  Dataset.PURCHASE_HISTORY.associatedData(row.purchaserId(), row.revision()),
                  row.sealed());
    } catch (RecordNotOpenedException e) {
      throw new UnaccountedHistoriesException("a row of shard " + row.shard() + " does not open");
    }
    PurchaseHistory history = PurchaseHistory.decode(payload);
    Arrays.fill(payload, (byte) 0);
    return history;
  }

  /** Writes the purchase days to the scratch column and says how many they are. */
  private int toScratch(List<PurchaseHistory.Day> days) {
    if (days.size() > scratch.length) {
      scratch = new int[2 * days.size()];
    }
    int count = 0;
    for (PurchaseHistory.Day day : days) {
      if (day.orders() > 0) {
        scratch[count++] = day.epochDay();
      }
    }
    return count;
  }

  Histories finish(RevisionCursor cursor) {
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      if (!manifests.of(shard).accountsFor(shards.rows(shard), shards.sum(shard))) {
        throw new UnaccountedHistoriesException(
            "the manifest of shard " + shard + " accounts for other rows than were read");
      }
    }
    if (news.size() == 0 && before.size() > 0) {
      return before;
    }
    Columns columns = news;
    if (before.size() > 0) {
      columns =
          new Columns(
              before.size() + news.size() - replaced.cardinality(),
              before.columns().dayCount() + news.dayCount());
      for (int row = replaced.nextClearBit(0);
          row < before.size();
          row = replaced.nextClearBit(row + 1)) {
        columns.copy(before.columns(), row);
      }
      for (int row = 0; row < news.size(); row++) {
        columns.copy(news, row);
      }
    }
    return new Histories(columns, shards, cursor);
  }
}
