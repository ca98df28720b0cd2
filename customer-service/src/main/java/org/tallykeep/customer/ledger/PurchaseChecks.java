package org.tallykeep.customer.ledger;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tallykeep.aggregates.Product;
import org.tallykeep.customer.cards.Cards;
import org.tallykeep.customer.imports.RowRefusedException;
import org.tallykeep.customer.ledger.PurchaseRow.LineRow;
import org.tallykeep.customer.platform.RetailerConfig;
import org.tallykeep.customer.purchaser.Buyer;

/** Decides whether what a caller wrote is a purchase; says which field is at fault if not. */
@Singleton
final class PurchaseChecks {

  private static final int MAX_LINES = 1000;
  private static final int MAX_UNITS = 1_000_000;
  private static final int MAX_ID = 200;
  private static final int MAX_NOTE = 4000;
  private static final LocalDate FIRST_DAY = LocalDate.EPOCH;
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final ZoneId zone;
  private final Money money;
  private final Clock clock;

  PurchaseChecks(RetailerConfig retailer, Clock clock) {
    this.zone = retailer.zone();
    this.money = Money.of(retailer.currency());
    this.clock = clock;
  }

  /**
   * @throws RowRefusedException with code and field
   */
  Purchase check(PurchaseRow row) {
    String eventId = id(row.eventId(), "eventId");
    Purchase.Kind kind = kind(row.type());
    String corrects = corrects(row.corrects(), eventId);
    Buyer buyer = buyer(row);
    checkCurrency(row.currency());
    Instant at = at(row);
    LocalDate day = day(row, at);
    String note = note(row.note());
    return new Purchase(
        kind,
        eventId,
        corrects,
        buyer,
        Math.toIntExact(day.toEpochDay()),
        at == null ? null : at.getEpochSecond(),
        lines(row.lines(), kind, corrects != null),
        note);
  }

  private static Purchase.Kind kind(@Nullable String type) {
    return switch (type) {
      case null -> Purchase.Kind.PURCHASE;
      case "purchase" -> Purchase.Kind.PURCHASE;
      case "return" -> Purchase.Kind.RETURN;
      default -> throw new RowRefusedException("unknown-type", "type", "purchase or return");
    };
  }

  private static @Nullable String corrects(@Nullable String text, String eventId) {
    if (text == null) {
      return null;
    }
    String corrected = id(text, "corrects");
    if (corrected.equals(eventId)) {
      throw new RowRefusedException(
          "corrects-itself", "corrects", "a correction is an event of its own, with a new eventId");
    }
    return corrected;
  }

  private static Buyer buyer(PurchaseRow row) {
    String external = row.externalId();
    String customer = row.customerId();
    if ((external == null) == (customer == null)) {
      throw new RowRefusedException(
          "missing", "externalId", "give either externalId or customerId, not both");
    }
    if (external != null) {
      return new Buyer.ByExternalId(id(external, "externalId"));
    }
    if (!UUID_TEXT.matcher(String.valueOf(customer)).matches()) {
      throw new RowRefusedException("malformed-id", "customerId", "a customer id is a UUID");
    }
    return new Buyer.ByCustomer(UUID.fromString(String.valueOf(customer)));
  }

  private void checkCurrency(@Nullable String currency) {
    if (currency != null && !currency.equals(money.code())) {
      throw new RowRefusedException(
          "other-currency", "currency", "this deployment takes " + money.code() + " alone");
    }
  }

  private static @Nullable Instant at(PurchaseRow row) {
    String at = row.at();
    if ((at == null) == (row.day() == null)) {
      throw new RowRefusedException("missing", "day", "give either at or day, not both");
    }
    if (at == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(at).toInstant();
    } catch (DateTimeException e) {
      throw new RowRefusedException(
          "malformed-time", "at", "an instant is written as 2017-01-01T11:53:26Z");
    }
  }

  private LocalDate day(PurchaseRow row, @Nullable Instant at) {
    String field = at == null ? "day" : "at";
    LocalDate day;
    try {
      day = at == null ? LocalDate.parse(String.valueOf(row.day())) : LocalDate.ofInstant(at, zone);
    } catch (DateTimeException e) {
      throw new RowRefusedException("malformed-day", field, "a day is written as 2017-01-01");
    }
    LocalDate tomorrow = LocalDate.now(clock.withZone(zone)).plusDays(1);
    if (day.isBefore(FIRST_DAY) || day.isAfter(tomorrow)) {
      throw new RowRefusedException(
          "day-out-of-range", field, "a purchase lies between 1970-01-01 and tomorrow");
    }
    return day;
  }

  private static @Nullable String note(@Nullable String note) {
    if (note == null) {
      return null;
    }
    wellFormed(note, "note", MAX_NOTE);
    if (Cards.contains(note)) {
      throw new RowRefusedException(
          "card-number", "note", "the text holds a payment card number: remove it");
    }
    return note;
  }

  private List<PurchaseLine> lines(
      @Nullable List<@Nullable LineRow> rows, Purchase.Kind kind, boolean corrects) {
    if (rows == null || rows.isEmpty()) {
      if (corrects && kind == Purchase.Kind.PURCHASE) {
        return List.of();
      }
      throw new RowRefusedException(
          "missing", "lines", "at least one line, unless a purchase takes an event back");
    }
    if (rows.size() > MAX_LINES) {
      throw new RowRefusedException(
          "too-many-lines", "lines", "a purchase has at most " + MAX_LINES + " lines");
    }
    List<PurchaseLine> lines = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      lines.add(line(rows.get(i), "lines[" + i + "]", kind));
    }
    return lines;
  }

  private PurchaseLine line(@Nullable LineRow row, String path, Purchase.Kind kind) {
    if (row == null) {
      throw new RowRefusedException("missing", path, "a line must not be null");
    }
    Product product =
        new Product(
            id(row.product(), path + ".product"),
            row.category() == null ? null : id(row.category(), path + ".category"),
            row.department() == null ? null : id(row.department(), path + ".department"));
    return new PurchaseLine(
        product,
        units(row.units(), path + ".units", kind),
        money.minor(required(row.amount(), path + ".amount"), path + ".amount"),
        row.discount() == null ? 0 : money.minor(row.discount(), path + ".discount"));
  }

  /** By its units a line that was given back is told from one that was bought. */
  private static int units(@Nullable Long units, String field, Purchase.Kind kind) {
    if (units == null) {
      throw missing(field);
    }
    int fewest =
        switch (kind) {
          case PURCHASE -> 0;
          case RETURN -> 1;
        };
    if (units < fewest || units > MAX_UNITS) {
      throw new RowRefusedException(
          "units-out-of-range",
          field,
          "units are a whole number, %d to %,d".formatted(fewest, MAX_UNITS));
    }
    return units.intValue();
  }

  private static String id(@Nullable String text, String field) {
    String id = required(text, field);
    wellFormed(id, field, MAX_ID);
    if (id.isBlank()) {
      throw new RowRefusedException("missing", field, "must not be blank");
    }
    if (id.codePoints().anyMatch(Character::isISOControl)) {
      throw new RowRefusedException("control-character", field, "must not hold control characters");
    }
    return id;
  }

  private static void wellFormed(String text, String field, int longest) {
    if (text.length() > longest) {
      throw new RowRefusedException(
          "too-long", field, "must have at most " + longest + " characters");
    }
    if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE || c == 0)) {
      throw new RowRefusedException("malformed-text", field, "holds half a character or a zero");
    }
  }

  private static String required(@Nullable String text, String field) {
    if (text == null) {
      throw missing(field);
    }
    return text;
  }

  private static RowRefusedException missing(String field) {
    return new RowRefusedException("missing", field, "must be given");
  }
}
