package org.tallykeep.customer.aggregate;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tallykeep.aggregates.AggregateFormatException;
import org.tallykeep.aggregates.BasketHistory;
import org.tallykeep.aggregates.Dataset;
import org.tallykeep.aggregates.PurchaseHistory;
import org.tallykeep.aggregates.Traits;
import org.tallykeep.customer.ledger.LedgerEvents;
import org.tallykeep.customer.ledger.LedgerPurchase;
import org.tallykeep.customer.platform.DatasetRecords;

/** Makes one shard anew from its events, beside what is stored, and says where the two differ. */
final class ShardCheck {

  /** So many pseudonyms are in memory at once. */
  private static final int PORTION = 200;

  private final Connection connection;
  private final int shard;
  private final LedgerEvents ledger;
  private final Findings findings;
  private final Accounted days;
  private final Accounted baskets;
  private final SeriesCheck series;
  private final Set<UUID> toRebuild = new HashSet<>();
  private long events;
  private long waiting;

  ShardCheck(
      Connection connection,
      int shard,
      LedgerEvents ledger,
      DatasetRecords records,
      Manifests manifests)
      throws SQLException {
    this.connection = connection;
    this.shard = shard;
    this.ledger = ledger;
    this.findings = new Findings(shard);
    this.days = account(Dataset.PURCHASE_HISTORY, records, manifests);
    this.baskets = account(Dataset.BASKET_HISTORY, records, manifests);
    this.series = new SeriesCheck(account(Dataset.SALES_SERIES, records, manifests));
  }

  /**
   * What came of it.
   *
   * @param waiting pseudonyms that are to be made anew anyway and were taken as they are
   */
  record Result(long pseudonyms, long events, long waiting, List<Finding> findings) {}

  private Accounted account(Dataset dataset, DatasetRecords records, Manifests manifests)
      throws SQLException {
    return new Accounted(dataset, shard, records, findings).by(connection, manifests);
  }

  Result run() throws SQLException {
    toRebuild.addAll(ledger.toRebuild(connection, shard, Integer.MAX_VALUE));
    Set<UUID> all = new TreeSet<>(ledger.pseudonyms(connection, shard));
    all.addAll(AggregateRepository.pseudonyms(connection, Dataset.PURCHASE_HISTORY, shard));
    all.addAll(AggregateRepository.pseudonyms(connection, Dataset.BASKET_HISTORY, shard));
    List<UUID> ids = new ArrayList<>(all);
    for (int from = 0; from < ids.size(); from += PORTION) {
      check(ids.subList(from, Math.min(ids.size(), from + PORTION)));
    }
    series.check(connection, shard);
    days.close();
    baskets.close();
    return new Result(ids.size(), events, waiting, findings.all());
  }

  private void check(List<UUID> some) throws SQLException {
    Map<UUID, byte[]> dayRows = days.read(connection, some);
    Map<UUID, byte[]> basketRows = baskets.read(connection, some);
    ledger.eachCounted(
        connection,
        shard,
        some,
        counted -> check(counted, dayRows.get(counted.id()), basketRows.get(counted.id())));
  }

  private void check(
      LedgerEvents.OfPseudonym counted, byte @Nullable [] dayRow, byte @Nullable [] basketRow) {
    UUID id = counted.id();
    events += counted.purchases().size();
    Counted stored = stored(dayRow, basketRow);
    findings.add(Finding.LEDGER, Finding.What.UNREADABLE, counted.unreadable());
    if (counted.unreadable() > 0 || toRebuild.contains(id)) {
      waiting += toRebuild.contains(id) ? 1 : 0;
      series.add(stored.baskets());
      return;
    }
    Traits traits = stored.days().traits();
    // The events of an opening balance are gone: it is taken as it is, with those that came later.
    Counted before = traits.opening() ? stored : Counted.NOTHING.with(traits);
    Counted expected = before.plus(counted.purchases());
    days.compare(id, expected.isNothing() ? null : expected.days().encode(), dayRow);
    baskets.compare(id, expected.isNothing() ? null : expected.baskets().encode(), basketRow);
    series.add(expected.baskets());
    if (!traits.opening()) {
      findings.add(Finding.LEDGER, Finding.What.MISSING, gone(stored.baskets(), counted));
    }
  }

  /** What does not open or is no history was noted or will differ: it counts as nothing. */
  private static Counted stored(byte @Nullable [] dayRow, byte @Nullable [] basketRow) {
    return new Counted(
        read(dayRow, PurchaseHistory.EMPTY, PurchaseHistory::decode),
        read(basketRow, BasketHistory.EMPTY, BasketHistory::decode));
  }

  private static <T> T read(byte @Nullable [] row, T nothing, Function<byte[], T> decoding) {
    try {
      return row == null ? nothing : decoding.apply(row);
    } catch (AggregateFormatException e) {
      return nothing;
    }
  }

  /** Orders that are counted and whose events are not in the ledger, or do not count. */
  private static long gone(BasketHistory stored, LedgerEvents.OfPseudonym counted) {
    Set<UUID> there =
        counted.purchases().stream().map(LedgerPurchase::id).collect(Collectors.toSet());
    return stored.orders().stream().filter(order -> !there.contains(order.id())).count();
  }
}
