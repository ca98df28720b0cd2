package org.tallykeep.customer.ledger;

import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A purchase as callers write it; {@link PurchaseChecks} makes a {@link Purchase} of it. */
@Schema(
    name = "Purchase",
    requiredProperties = {"eventId", "lines"},
    examples =
        """
        {"eventId": "b-1", "externalId": "h-17", "day": "2017-01-01",
         "lines": [{"product": "P1", "category": "dairy", "units": 1, "amount": "1.99"}]}
        """)
record PurchaseRow(
    @Schema(description = "The retailer's own id of the purchase; it counts once.", maxLength = 200)
        @Nullable String eventId,
    @Schema(
            description = "A return counts on its own day: amounts are what was given back.",
            enumeration = {"purchase", "return"},
            defaultValue = "purchase")
        @Nullable String type,
    @Schema(
            description =
                "The event that was wrong: this one counts in its place, whichever comes first."
                    + " Without lines nothing does.",
            maxLength = 200)
        @Nullable String corrects,
    @Schema(
            description =
                "Who bought: this or customerId. An unknown one becomes an anonymous buyer.")
        @Nullable String externalId,
    @Schema(description = "Who bought: this or externalId.", format = "uuid")
        @Nullable String customerId,
    @Schema(description = "When, with its offset: this or day.", format = "date-time")
        @Nullable String at,
    @Schema(description = "The day in the retailer's zone: this or at.", format = "date")
        @Nullable String day,
    @Schema(description = "ISO 4217; the deployment's own if missing.") @Nullable String currency,
    @Schema(description = "1 to 1,000 lines; none only to take an event back.")
        @Nullable List<@Nullable LineRow> lines,
    @Schema(description = "Free text; one that holds a card number is refused.", maxLength = 4000)
        @Nullable String note) {

  /** All names of fields, those of lines too. */
  static final Set<String> FIELDS =
      Set.of(
          "eventId",
          "type",
          "corrects",
          "externalId",
          "customerId",
          "at",
          "day",
          "currency",
          "lines",
          "note",
          "product",
          "category",
          "department",
          "units",
          "amount",
          "discount");

  /** One line of it. */
  @Schema(
      name = "PurchaseLine",
      requiredProperties = {"product", "units", "amount"})
  record LineRow(
      @Nullable String product,
      @Nullable String category,
      @Nullable String department,
      @Schema(description = "A whole number, 0 to 1,000,000.") @Nullable Long units,
      @Schema(
              description = "What was paid for the line, as a decimal string; 0 is allowed.",
              examples = "1.99")
          @Nullable String amount,
      @Schema(description = "What was given away, as a decimal string.", examples = "0.10")
          @Nullable String discount) {
    /** Leaves everything out. */
    @Override
    public String toString() {
      return "LineRow[…]";
    }
  }

  /** Leaves everything out: it says who bought what. */
  @Override
  public String toString() {
    return "PurchaseRow[…]";
  }
}
