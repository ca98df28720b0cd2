package org.tallykeep.customer.exports;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.imports.RowRefusedException;
import org.tallykeep.customer.platform.Keys.Personal;

/**
 * What is to be exported, and how.
 *
 * @param purposes what is opened of customers; none of purchases
 * @param portable whether customers are named for another deployment
 */
record ExportWish(
    String kind,
    boolean csv,
    boolean gzip,
    Set<Personal> purposes,
    DayRange days,
    boolean portable) {

  static final String CUSTOMERS = "customers";
  static final String PURCHASES = "purchases";

  ExportWish {
    purposes = Set.copyOf(purposes);
  }

  /** Days since 1970-01-01, both included. */
  record DayRange(int first, int last) {

    static final DayRange ALL = new DayRange(Integer.MIN_VALUE, Integer.MAX_VALUE);

    boolean all() {
      return equals(ALL);
    }

    @Nullable LocalDate from() {
      return first == Integer.MIN_VALUE ? null : LocalDate.ofEpochDay(first);
    }

    @Nullable LocalDate to() {
      return last == Integer.MAX_VALUE ? null : LocalDate.ofEpochDay(last);
    }
  }

  /**
   * @throws RowRefusedException with the field at fault
   */
  static ExportWish of(ExportRequest request) {
    String kind =
        oneOf("kind", request.kind(), List.of(CUSTOMERS, PURCHASES), "customers or purchases");
    boolean csv =
        oneOf("format", request.format(), List.of("ndjson", "csv"), "ndjson or csv").equals("csv");
    boolean customers = kind.equals(CUSTOMERS);
    return new ExportWish(
        kind,
        csv,
        Boolean.TRUE.equals(request.gzip()),
        purposes(request.purposes(), customers),
        days(request, customers),
        Boolean.TRUE.equals(request.portable()));
  }

  private static String oneOf(
      String field, @Nullable String given, List<String> known, String detail) {
    if (given == null || !known.contains(given)) {
      throw new RowRefusedException(given == null ? "missing" : "unknown-" + field, field, detail);
    }
    return given;
  }

  private static Set<Personal> purposes(@Nullable List<@Nullable String> given, boolean customers) {
    if (!customers) {
      if (given != null) {
        throw new RowRefusedException("not-of-kind", "purposes", "purchases open nothing personal");
      }
      return Set.of();
    }
    if (given == null || given.isEmpty()) {
      throw new RowRefusedException("missing", "purposes", "say what to open: identity, contact");
    }
    Set<Personal> purposes = EnumSet.noneOf(Personal.class);
    for (String name : given) {
      oneOf("purposes", name, List.of("identity", "contact"), "identity, contact or both");
      purposes.add(Personal.valueOf(String.valueOf(name).toUpperCase(Locale.ROOT)));
    }
    return purposes;
  }

  private static DayRange days(ExportRequest request, boolean customers) {
    LocalDate from = request.from();
    LocalDate to = request.to();
    if (customers && (from != null || to != null)) {
      throw new RowRefusedException("not-of-kind", "from", "customers have no days");
    }
    int first = from == null ? Integer.MIN_VALUE : day(from, "from");
    int last = to == null ? Integer.MAX_VALUE : day(to, "to");
    if (first > last) {
      throw new RowRefusedException("date-out-of-range", "to", "not before from");
    }
    return new DayRange(first, last);
  }

  private static int day(LocalDate date, String field) {
    if (date.isBefore(LocalDate.EPOCH) || date.getYear() > 9999) {
      throw new RowRefusedException("date-out-of-range", field, "between 1970 and 9999");
    }
    return Math.toIntExact(date.toEpochDay());
  }
}
