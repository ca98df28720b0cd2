package org.tallykeep.customer.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.platform.DatasetRecords;
import org.tallykeep.customer.platform.RetailerConfig;
import org.tallykeep.customer.platform.Transactions;

/** All that somebody bought, as the ledger holds it, for the person themselves. */
@Singleton
public final class PurchaseStatement {

  private final Transactions transactions;
  private final DatasetRecords records;
  private final Money money;

  PurchaseStatement(Transactions transactions, DatasetRecords records, RetailerConfig retailer) {
    this.transactions = transactions;
    this.records = records;
    this.money = Money.of(retailer.currency());
  }

  /** A purchase or a return, named as it was sent. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "StatedPurchase")
  public record Stated(
      String eventId,
      @Schema(enumeration = {"purchase", "return"}) String type,
      @Schema(description = "The event in whose place this one stands") @Nullable String corrects,
      @Schema(description = "Whether it counts: one that was corrected does not") boolean counts,
      LocalDate day,
      @Schema(description = "When, if that was told") @Nullable Instant at,
      @Schema(description = "ISO 4217") String currency,
      List<StatedLine> lines,
      @Nullable String note) {
    @Override
    public String toString() {
      return "Stated[…]";
    }
  }

  /** One line of it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "StatedPurchaseLine")
  public record StatedLine(
      String product,
      @Nullable String category,
      @Nullable String department,
      int units,
      @Schema(examples = "1.99") String amount,
      @Schema(examples = "0.10") String discount) {
    @Override
    public String toString() {
      return "StatedLine[…]";
    }
  }

  /** By day and event. */
  public List<Stated> of(UUID purchaser) {
    return transactions.call(c -> LedgerRepository.allOf(c, purchaser)).stream()
        .map(this::stated)
        .sorted(Comparator.comparing(Stated::day).thenComparing(Stated::eventId))
        .toList();
  }

  private Stated stated(LedgerRepository.StatedRow found) {
    PurchaseCodec.Read read =
        PurchaseCodec.read(found.row().id(), LedgerEvents.payload(records, found.row()));
    LedgerPurchase purchase = read.purchase();
    Long second = read.second();
    return new Stated(
        read.eventId(),
        purchase.isReturn() ? "return" : "purchase",
        read.corrects(),
        !found.corrected() && !purchase.lines().isEmpty(),
        LocalDate.ofEpochDay(purchase.epochDay()),
        second == null ? null : Instant.ofEpochSecond(second),
        money.code(),
        purchase.lines().stream().map(this::stated).toList(),
        read.note());
  }

  private StatedLine stated(PurchaseLine line) {
    return new StatedLine(
        line.product().code(),
        line.product().category(),
        line.product().department(),
        line.units(),
        money.decimal(line.amountMinor()),
        money.decimal(line.discountMinor()));
  }
}
