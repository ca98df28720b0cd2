package org.tallykeep.customer.ledger;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tallykeep.aggregates.Product;
import org.tallykeep.customer.imports.ImportKind;
import org.tallykeep.customer.imports.RowAnswer;
import org.tallykeep.customer.index.IndexFixture;
import org.tallykeep.customer.index.IndexVersions;
import org.tallykeep.customer.index.Reindexed;
import org.tallykeep.customer.platform.DatasetRecords;
import org.tallykeep.customer.platform.FaultyDatabase;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.RetailerConfig;
import org.tallykeep.customer.purchaser.Buyer;
import org.tallykeep.customer.purchaser.Purchasers;

/** The ledger over a real database, whose buyers are known without links. */
public final class TestLedger {

  /** Nobody has this id. */
  public static final UUID NOBODY = new UUID(0, 0);

  private final FaultyDatabase database;
  private final DatasetRecords records;
  private final IndexVersions index;
  private final Ledger ledger;

  /** How many purchases were announced as accepted. */
  public final AtomicInteger announced = new AtomicInteger();

  public TestLedger(FaultyDatabase database, Keys keys) {
    this(database, keys, new Known());
  }

  /** Whose buyers are found like that. */
  public TestLedger(FaultyDatabase database, Keys keys, Purchasers purchasers) {
    this.database = database;
    this.records = database.records(keys);
    this.index = IndexFixture.versions(database.transactions(), keys);
    this.ledger =
        new Ledger(
            purchasers, index, records, database.transactions(), new Announcements(announced));
  }

  /** The pseudonym of an external id in these tests. */
  public static UUID purchaser(String externalId) {
    return UUID.nameUUIDFromBytes(externalId.getBytes(StandardCharsets.UTF_8));
  }

  /** Buyers whose pseudonyms are made of their names, and stay what they are. */
  private static final class Known implements Purchasers {
    @Override
    public List<Optional<UUID>> resolve(List<Buyer> buyers) {
      return buyers.stream().map(TestLedger::resolve).toList();
    }

    @Override
    public long seen() {
      return 0;
    }

    @Override
    public Map<UUID, UUID> current(Connection connection, long seen, Collection<UUID> purchasers) {
      return Map.of();
    }
  }

  private static Optional<UUID> resolve(Buyer buyer) {
    return switch (buyer) {
      case Buyer.ByCustomer(UUID id) -> id.equals(NOBODY) ? Optional.empty() : Optional.of(id);
      case Buyer.ByExternalId(String id) -> Optional.of(purchaser(id));
    };
  }

  /** A purchase in a test. */
  public record Sale(String event, String externalId, int day, String product, long amount) {
    Purchase purchase() {
      Product what = new Product(product, "c" + product.charAt(0), "d");
      return new Purchase(
          Purchase.Kind.PURCHASE,
          event,
          null,
          new Buyer.ByExternalId(externalId),
          day,
          null,
          List.of(new PurchaseLine(what, 2, amount, 1)),
          null);
    }
  }

  /** A purchase, a return or a correction in a test; one without a product has no lines. */
  public record Happening(
      Sale sale, boolean isReturn, @Nullable String corrects, boolean takesBack) {
    private Purchase purchase() {
      Purchase plain = sale.purchase();
      return new Purchase(
          isReturn ? Purchase.Kind.RETURN : Purchase.Kind.PURCHASE,
          plain.eventId(),
          corrects,
          plain.buyer(),
          plain.epochDay(),
          null,
          takesBack ? List.of() : plain.lines(),
          null);
    }
  }

  public List<RowAnswer> takeHappenings(List<Happening> happenings) {
    return ledger.take(happenings.stream().map(Happening::purchase).toList());
  }

  /** One of a few buyers, days and products. */
  public static Sale randomSale(String event, Random random, int buyers) {
    return new Sale(
        event,
        "h-" + random.nextInt(buyers),
        10_000 + random.nextInt(400),
        (random.nextBoolean() ? "a" : "b") + random.nextInt(3),
        random.nextInt(1000));
  }

  public List<RowAnswer> take(List<Sale> sales) {
    return ledger.take(sales.stream().map(Sale::purchase).toList());
  }

  /** Purchases as jobs take them. */
  public ImportKind<?> imports(RetailerConfig retailer) {
    return new PurchaseImports(
        new PurchaseReader(new PurchaseChecks(retailer, Clock.systemUTC())), ledger);
  }

  /** Purchases as jobs export them. */
  public PurchaseExport exports(RetailerConfig retailer) {
    return new PurchaseExport(database.transactions(), records, retailer);
  }

  /** Takes a purchase of as many and as long lines as there may be. */
  public void takeLargest(String event, String externalId) {
    String name = (event + " ").repeat(18);
    List<PurchaseLine> lines =
        IntStream.range(0, 1000)
            .mapToObj(i -> new PurchaseLine(new Product(name + i, name, name), 1, 1, 0))
            .toList();
    ledger.take(
        List.of(
            new Purchase(
                Purchase.Kind.PURCHASE,
                event,
                null,
                new Buyer.ByExternalId(externalId),
                10_000,
                null,
                lines,
                null)));
  }

  /** Takes a purchase of a customer. */
  public RowAnswer takeOf(UUID customer) {
    Purchase some = new Sale("of-" + customer, "", 10_000, "a", 1).purchase();
    return ledger
        .take(
            List.of(
                new Purchase(
                    Purchase.Kind.PURCHASE,
                    some.eventId(),
                    null,
                    new Buyer.ByCustomer(customer),
                    1,
                    null,
                    some.lines(),
                    null)))
        .getFirst();
  }

  /** The versions of the index key as this replica knows them. */
  public IndexVersions index() {
    return index;
  }

  /** What a rotation of the index key moves of events. */
  public Reindexed reindexed() {
    return EventReindexing.events(database.transactions(), reindexing());
  }

  /** What it moves of corrections. */
  public Reindexed reindexedCorrections() {
    return EventReindexing.corrections(database.transactions(), reindexing());
  }

  private EventReindexing reindexing() {
    return new EventReindexing(database.transactions(), records);
  }

  public LedgerEvents events() {
    return new LedgerEvents(records);
  }

  public void closePartition() {
    new ClosePartition(database.transactions()).run();
  }

  public long rewrite(Connection connection) throws SQLException {
    return new LedgerRewrite().rewrite(connection);
  }
}
