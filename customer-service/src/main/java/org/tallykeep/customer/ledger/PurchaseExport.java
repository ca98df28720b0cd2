package org.tallykeep.customer.ledger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.imports.CsvOutput;
import org.tallykeep.customer.ledger.LedgerRepository.Portion;
import org.tallykeep.customer.ledger.LedgerRepository.StatedRow;
import org.tallykeep.customer.platform.DatasetRecords;
import org.tallykeep.customer.platform.LeftRows;
import org.tallykeep.customer.platform.RetailerConfig;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.purchaser.Buyer;

/** Opens the ledger page by page, in the order of random ids, as purchases would be sent. */
@Singleton
public final class PurchaseExport {

  /** Opened together they have to fit into a small heap, whatever they hold. */
  private static final long MOST_BYTES = 2L << 20;

  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final Transactions transactions;
  private final DatasetRecords records;
  private final Money money;

  PurchaseExport(Transactions transactions, DatasetRecords records, RetailerConfig retailer) {
    this.transactions = transactions;
    this.records = records;
    this.money = Money.of(retailer.currency());
  }

  /** A purchase of the ledger. */
  public record Place(int partition, UUID id) {}

  /**
   * Which purchases.
   *
   * @param firstDay in days since 1970-01-01
   * @param lastDay included
   * @param corrected those too that do not count any more because they were corrected
   */
  public record Days(int firstDay, int lastDay, boolean corrected) {}

  /**
   * Some purchases.
   *
   * @param seen how many there were, whichever days
   * @param last behind which one to go on; null if there was none
   */
  public record Page(List<ObjectNode> purchases, int seen, @Nullable Place last) {
    /** Says nothing of what was bought. */
    @Override
    public String toString() {
      return "Page[" + seen + "]";
    }
  }

  /** How many purchases there are. */
  public long count() {
    return transactions.call(PurchasePageRepository::count);
  }

  /** Purchases as CSV. */
  public CsvOutput csv() {
    return new PurchaseCsv();
  }

  /**
   * The purchases behind a place.
   *
   * @param naming who the purchasers are; asked once, for all of them
   */
  public Page page(
      Place behind, int most, Days days, Function<Set<UUID>, Map<UUID, Buyer>> naming) {
    Found found = transactions.call(c -> find(c, behind, new Portion(most, MOST_BYTES)));
    if (found.rows.isEmpty()) {
      return new Page(List.of(), 0, null);
    }
    LeftRows left = new LeftRows("purchases");
    List<PurchaseCodec.Read> opened = new ArrayList<>();
    for (StatedRow row : found.rows) {
      if (days.corrected || !row.corrected()) {
        left.open(
                () -> PurchaseCodec.read(row.row().id(), LedgerEvents.payload(records, row.row())))
            .filter(read -> isIn(days, read.purchase().epochDay()))
            .ifPresent(opened::add);
      }
    }
    left.say();
    Map<UUID, Buyer> names =
        naming.apply(
            opened.stream().map(read -> read.purchase().purchaserId()).collect(Collectors.toSet()));
    List<ObjectNode> purchases = new ArrayList<>(opened.size());
    for (PurchaseCodec.Read read : opened) {
      Buyer buyer = names.get(read.purchase().purchaserId());
      if (buyer != null) {
        purchases.add(document(read, buyer));
      }
    }
    UUID last = found.rows.getLast().row().id();
    return new Page(purchases, found.rows.size(), new Place(found.partition, last));
  }

  private static boolean isIn(Days days, int day) {
    return days.firstDay <= day && day <= days.lastDay;
  }

  private record Found(int partition, List<StatedRow> rows) {}

  /** Passes over what is left of partitions that have no more. */
  private static Found find(Connection connection, Place behind, Portion portion)
      throws SQLException {
    int partition = behind.partition;
    UUID id = behind.id;
    while (true) {
      List<StatedRow> rows = PurchasePageRepository.behind(connection, partition, id, portion);
      OptionalInt next = PurchasePageRepository.next(connection, partition);
      if (!rows.isEmpty() || next.isEmpty()) {
        return new Found(partition, rows);
      }
      partition = next.getAsInt();
      id = BEFORE_ALL;
    }
  }

  private ObjectNode document(PurchaseCodec.Read read, Buyer buyer) {
    ObjectNode purchase = JsonNodeFactory.instance.objectNode();
    purchase.put("eventId", read.eventId());
    if (read.purchase().isReturn()) {
      purchase.put("type", "return");
    }
    putIfThere(purchase, "corrects", read.corrects());
    switch (buyer) {
      case Buyer.ByCustomer(UUID customer) -> purchase.put("customerId", customer.toString());
      case Buyer.ByExternalId(String id) -> purchase.put("externalId", id);
    }
    Long second = read.second();
    if (second == null) {
      purchase.put("day", LocalDate.ofEpochDay(read.purchase().epochDay()).toString());
    } else {
      purchase.put("at", Instant.ofEpochSecond(second).toString());
    }
    purchase.put("currency", money.code());
    putIfThere(purchase, "note", read.note());
    if (!read.purchase().lines().isEmpty()) {
      var lines = purchase.putArray("lines");
      read.purchase().lines().forEach(line -> document(line, lines.addObject()));
    }
    return purchase;
  }

  private void document(PurchaseLine line, ObjectNode into) {
    into.put("product", line.product().code());
    putIfThere(into, "category", line.product().category());
    putIfThere(into, "department", line.product().department());
    into.put("units", line.units());
    into.put("amount", money.decimal(line.amountMinor()));
    if (line.discountMinor() != 0) {
      into.put("discount", money.decimal(line.discountMinor()));
    }
  }

  private static void putIfThere(ObjectNode into, String field, @Nullable String value) {
    if (value != null) {
      into.put(field, value);
    }
  }
}
