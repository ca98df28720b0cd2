package org.tallykeep.local.importer;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallykeep.local.importer.PurchaseEvent.When;

/** Reads the fields of a row as the mapping says. */
final class RowMapper {

  private static final BigDecimal NOTHING = BigDecimal.ZERO.setScale(2);

  /** What a row says of its purchase, and the line it is. */
  record MappedRow(
      @Nullable String purchaseId,
      String customer,
      When when,
      @Nullable String currency,
      @Nullable String note,
      PurchaseEvent.Line line) {
    @Override
    public String toString() {
      return "MappedRow[…]";
    }
  }

  /** A source with its place: a column's, or -1 for a fixed text. */
  private record Field(String name, int place, String fixed) {
    String of(String[] fields) {
      return place < 0 ? fixed : fields[place].strip();
    }
  }

  private final @Nullable Field id;
  private final Field customer;
  private final Moments moments;
  private final int momentPlace;
  private final boolean exact;
  private final @Nullable Field currency;
  private final @Nullable Field note;
  private final Field product;
  private final @Nullable Field units;
  private final Field amount;
  private final List<Field> discounts;
  private final @Nullable Field category;
  private final @Nullable Field department;
  private final ProductTable products;

  /**
   * @throws org.tallykeep.local.CommandFailure for a column that the file does not have
   * @throws IllegalArgumentException for a format or a zone that is none
   */
  RowMapper(ColumnMapping mapping, Columns columns, ProductTable products, Clock clock) {
    ColumnMapping.Purchases purchase = mapping.purchase();
    ColumnMapping.Lines line = mapping.line();
    this.id = optional(columns, purchase.id(), "purchase.id");
    this.customer = field(columns, purchase.customer(), "purchase.customer");
    this.exact = purchase.at() != null;
    if (purchase.at() != null) {
      moments = Moments.times(purchase.at(), clock);
    } else if (purchase.day() != null) {
      moments = Moments.days(purchase.day(), clock);
    } else {
      throw new IllegalArgumentException("purchase needs either at or day");
    }
    this.momentPlace = columns.place(moments.column(), exact ? "purchase.at" : "purchase.day");
    this.currency = optional(columns, purchase.currency(), "purchase.currency");
    this.note = optional(columns, purchase.note(), "purchase.note");
    this.product = field(columns, line.product(), "line.product");
    this.units = optional(columns, line.units(), "line.units");
    this.amount = field(columns, line.amount(), "line.amount");
    this.discounts =
        line.discount() == null
            ? List.of()
            : line.discount().all().stream()
                .map(source -> field(columns, source, "line.discount"))
                .toList();
    this.category = optional(columns, line.category(), "line.category");
    this.department = optional(columns, line.department(), "line.department");
    this.products = products;
  }

  /** Whether several rows can be one purchase. */
  boolean groups() {
    return id != null;
  }

  /** The purchase a row belongs to; empty when rows are purchases, or the field is empty. */
  String purchaseId(String[] fields) {
    return id == null ? "" : id.of(fields);
  }

  MappedRow map(String[] fields) {
    String moment = fields[momentPlace].strip();
    When when = exact ? new When.At(moments.time(moment)) : new When.On(moments.day(moment));
    return new MappedRow(
        id == null ? null : required(id, fields),
        required(customer, fields),
        when,
        text(currency, fields),
        text(note, fields),
        line(fields));
  }

  private PurchaseEvent.Line line(String[] fields) {
    String code = required(product, fields);
    ProductTable.Kind kind = products.of(code);
    String ownCategory = text(category, fields);
    String ownDepartment = text(department, fields);
    BigDecimal discount = NOTHING;
    for (Field each : discounts) {
      String text = each.of(fields);
      discount = text.isEmpty() ? discount : discount.add(Amounts.money(text, each.name()));
    }
    return new PurchaseEvent.Line(
        code,
        ownCategory == null ? kind.category() : ownCategory,
        ownDepartment == null ? kind.department() : ownDepartment,
        units == null ? 1 : Amounts.units(required(units, fields), units.name()),
        Amounts.money(required(amount, fields), amount.name()),
        discount);
  }

  private static String required(Field field, String[] fields) {
    String text = field.of(fields);
    if (text.isEmpty()) {
      throw new RowRefusal.Exception("missing-value", field.name() + ": is empty");
    }
    return text;
  }

  private static @Nullable String text(@Nullable Field field, String[] fields) {
    String text = field == null ? "" : field.of(fields);
    return text.isEmpty() ? null : text;
  }

  private static @Nullable Field optional(
      Columns columns, ColumnMapping.@Nullable Source source, String use) {
    return source == null ? null : field(columns, source, use);
  }

  private static Field field(Columns columns, ColumnMapping.Source source, String use) {
    if (source.column() != null) {
      return new Field(source.column(), columns.place(source.column(), use), "");
    }
    return new Field(use, -1, source.value() == null ? "" : source.value());
  }
}
