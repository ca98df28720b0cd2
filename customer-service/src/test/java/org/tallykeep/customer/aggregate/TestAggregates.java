package org.tallykeep.customer.aggregate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.tallykeep.aggregates.BasketHistory;
import org.tallykeep.aggregates.Dataset;
import org.tallykeep.aggregates.HistoryStream;
import org.tallykeep.aggregates.HistoryStreamReader;
import org.tallykeep.aggregates.ManifestSum;
import org.tallykeep.aggregates.PurchaseHistory;
import org.tallykeep.aggregates.RevisionCursor;
import org.tallykeep.aggregates.SalesSeries;
import org.tallykeep.aggregates.ShardManifest;
import org.tallykeep.aggregates.Shards;
import org.tallykeep.customer.index.IndexFixture;
import org.tallykeep.customer.index.Reindexed;
import org.tallykeep.customer.ledger.LedgerEvents;
import org.tallykeep.customer.platform.DatasetRecords;
import org.tallykeep.customer.platform.FaultyDatabase;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.platform.TestRetailer;

/** The parts of this package over a real database, as one replica of the service has them. */
final class TestAggregates {

  /** A stream that was read to its end. */
  record Export(HistoryStream.Header header, Map<UUID, HistoryStream.Row> rows) {}

  private final FaultyDatabase database;
  private final Keys keys;
  private final DatasetRecords records;
  private final Manifests manifests;
  final Aggregation aggregation;
  final HistoryTraits traits;
  final HistoryErasure erasure;
  final HistoryRenewal renewal;
  private final ShardTransaction shards;
  private final HistoryExport export;
  private final AggregateRewrite rewrite;
  final Verification verification;

  /** What a rotation of the index key moves of the aggregates. */
  final Reindexed reindexed;

  TestAggregates(FaultyDatabase database, Keys keys, LedgerEvents ledger) {
    this.database = database;
    this.keys = keys;
    this.records = database.records(keys);
    this.manifests = new Manifests(keys, new SigningKey(database.transactions(), records));
    SeriesVersions versions =
        new SeriesVersions(IndexFixture.versions(database.transactions(), keys));
    this.shards = new ShardTransaction(records, manifests, versions);
    this.reindexed = new SeriesReindexing(database.transactions(), records, manifests, versions);
    this.traits = new HistoryTraits(database.transactions(), shards);
    this.aggregation = new Aggregation(database.transactions(), ledger, shards);
    this.erasure = new HistoryErasure(database.transactions(), ledger, shards);
    this.renewal = new HistoryRenewal(records, manifests);
    this.export = new HistoryExport(database.transactions(), manifests, TestRetailer.USUAL);
    this.verification = new Verification(database.transactions(), ledger, records, manifests);
    this.rewrite = new AggregateRewrite(records, manifests, new SecureRandom());
  }

  int countAll() {
    int counted = 0;
    for (int shard : aggregation.shardsToDo()) {
      counted += aggregation.countSome(shard);
    }
    return counted;
  }

  /** As after a correction of one of their events. */
  void rebuild(UUID purchaser) {
    int shard = Shards.of(purchaser);
    database.execute("INSERT INTO purchaser_rebuild VALUES (?, ?)", shard, purchaser);
    aggregation.countSome(shard);
  }

  /** As after an erasure that keeps what was bought. */
  void makeOpening(UUID purchaser) {
    int shard = Shards.of(purchaser);
    database
        .transactions()
        .run(
            c ->
                shards.run(
                    c,
                    shard,
                    Set.of(purchaser),
                    state -> {
                      state.computeIfPresent(
                          purchaser,
                          (id, counted) -> counted.with(counted.days().traits().asOpening()));
                      return Map.of(purchaser, Set.of());
                    }));
  }

  /** The orders that are counted of a pseudonym. */
  Set<UUID> counted(UUID purchaser) {
    return baskets().getOrDefault(purchaser, BasketHistory.EMPTY).orders().stream()
        .map(BasketHistory.Order::id)
        .collect(Collectors.toSet());
  }

  /** The row of a series in a shard. */
  UUID seriesRow(int shard, String name) {
    return rows(Dataset.SALES_SERIES).stream()
        .filter(row -> row.shard() == shard)
        .filter(row -> SalesSeries.decode(open(row)).name().equals(name))
        .findFirst()
        .orElseThrow()
        .id();
  }

  /** Seals what one row holds as the other, as only somebody with the key could. */
  void exchangePayload(Dataset dataset, UUID into, UUID from) {
    Map<UUID, SealedRow> byId =
        rows(dataset).stream().collect(Collectors.toMap(SealedRow::id, row -> row));
    SealedRow target = Objects.requireNonNull(byId.get(into));
    byte[] payload = open(Objects.requireNonNull(byId.get(from)));
    database.execute(
        "UPDATE " + dataset.kind() + " SET sealed = ? WHERE id = ?",
        records.seal(Dataset.PURPOSE, target.associatedData(), payload),
        into);
  }

  void countUntilNothingWaits() {
    int counted;
    do {
      counted = countAll();
    } while (counted > 0);
  }

  long rewrite(Connection connection) throws SQLException {
    return rewrite.rewrite(connection);
  }

  Map<UUID, PurchaseHistory> days() {
    Map<UUID, PurchaseHistory> opened = new TreeMap<>();
    rows(Dataset.PURCHASE_HISTORY)
        .forEach(row -> opened.put(row.id(), PurchaseHistory.decode(open(row))));
    return opened;
  }

  Map<UUID, BasketHistory> baskets() {
    Map<UUID, BasketHistory> opened = new TreeMap<>();
    rows(Dataset.BASKET_HISTORY)
        .forEach(row -> opened.put(row.id(), BasketHistory.decode(open(row))));
    return opened;
  }

  /** The series of all shards together, by level, name and day. */
  Map<String, SalesSeries.Day> series() {
    Map<String, SalesSeries.Day> days = new TreeMap<>();
    for (SealedRow row : rows(Dataset.SALES_SERIES)) {
      SalesSeries series = SalesSeries.decode(open(row));
      series
          .days()
          .forEach(
              day ->
                  days.merge(
                      series.level() + " " + series.name() + " " + day.epochDay(),
                      day,
                      SalesSeries.Day::plus));
    }
    return days;
  }

  List<SealedRow> rows(Dataset dataset) {
    return database
        .transactions()
        .call(
            c ->
                Sql.query(
                    c,
                    "SELECT id, shard, revision, sealed FROM " + dataset.kind(),
                    row -> AggregateRepository.row(dataset, row)));
  }

  private byte[] open(SealedRow row) {
    return records.open(Dataset.PURPOSE, row.associatedData(), row.sealed());
  }

  /** What is in every row, by dataset and id. */
  Map<String, String> payloads() {
    Map<String, String> payloads = new TreeMap<>();
    for (Dataset dataset : Dataset.values()) {
      rows(dataset)
          .forEach(
              row ->
                  payloads.put(
                      dataset.kind() + " " + row.id(), HexFormat.of().formatHex(open(row))));
    }
    return payloads;
  }

  /** Whether every manifest is signed and accounts for exactly the rows there are. */
  boolean manifestsHold() {
    for (Dataset dataset : Dataset.values()) {
      Map<Integer, List<SealedRow>> byShard = new HashMap<>();
      rows(dataset)
          .forEach(row -> byShard.computeIfAbsent(row.shard(), s -> new ArrayList<>()).add(row));
      for (ShardManifest manifest : database.transactions().call(c -> manifests.all(c, dataset))) {
        List<SealedRow> rows = byShard.getOrDefault(manifest.shard(), List.of());
        ManifestSum sum = ManifestSum.zero();
        rows.forEach(row -> sum.add(row.fingerprint(keys.manifest())));
        if (!manifest.accountsFor(rows.size(), sum)
            || !manifest.isSignedBy(publicKey(manifests.publicKey()))
            || rows.stream().anyMatch(row -> row.revision() > manifest.revision())) {
          return false;
        }
      }
    }
    return true;
  }

  static PublicKey publicKey(byte[] encoded) {
    try {
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  Export export(RevisionCursor after) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    export.write(after, output);
    HistoryStreamReader reader =
        new HistoryStreamReader(new ByteArrayInputStream(output.toByteArray()));
    HistoryStream.Header header = reader.header();
    Map<UUID, HistoryStream.Row> rows = new HashMap<>();
    Optional<HistoryStream.Row> row;
    while ((row = reader.next()).isPresent()) {
      rows.put(row.get().purchaserId(), row.get());
    }
    return new Export(header, rows);
  }
}
