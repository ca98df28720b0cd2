package org.tallykeep.local.importer;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the times or days of one column, within bounds no data set on hand should pass. */
final class Moments {

  private static final LocalDate EARLIEST = LocalDate.of(1970, 1, 1);

  private final String column;
  private final DateTimeFormatter format;
  private final @Nullable ZoneId zone;
  private final LocalDate latest;

  /**
   * @throws IllegalArgumentException when the format or the zone is none
   */
  private Moments(ColumnMapping.Moment moment, DateTimeFormatter standard, Clock clock) {
    this.column = moment.column();
    this.format = moment.format() == null ? standard : formatter(moment.format());
    this.zone = moment.zone() == null ? null : zone(moment.zone());
    // Tomorrow is already today somewhere.
    this.latest = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(1);
  }

  static Moments times(ColumnMapping.Moment moment, Clock clock) {
    return new Moments(moment, DateTimeFormatter.ISO_DATE_TIME, clock);
  }

  static Moments days(ColumnMapping.Moment moment, Clock clock) {
    return new Moments(moment, DateTimeFormatter.ISO_LOCAL_DATE, clock);
  }

  String column() {
    return column;
  }

  LocalDate day(String text) {
    try {
      return bounded(LocalDate.parse(text, format));
    } catch (DateTimeException e) {
      throw unreadable();
    }
  }

  Instant time(String text) {
    Instant instant;
    try {
      TemporalAccessor parsed =
          format.parseBest(text, OffsetDateTime::from, ZonedDateTime::from, LocalDateTime::from);
      instant =
          switch (parsed) {
            case OffsetDateTime exact -> exact.toInstant();
            case ZonedDateTime exact -> exact.toInstant();
            case LocalDateTime local -> local.atZone(zoneOfLocalTimes()).toInstant();
            default -> throw unreadable();
          };
      bounded(LocalDate.ofInstant(instant, ZoneOffset.UTC));
    } catch (DateTimeException e) {
      throw unreadable();
    }
    return instant;
  }

  private ZoneId zoneOfLocalTimes() {
    if (zone == null) {
      throw new RowRefusal.Exception(
          "no-zone", column + ": names no zone; the mapping must (zone: Europe/Paris)");
    }
    return zone;
  }

  private LocalDate bounded(LocalDate day) {
    if (day.isBefore(EARLIEST)) {
      throw new RowRefusal.Exception("date-too-early", column + ": is before " + EARLIEST);
    }
    if (day.isAfter(latest)) {
      throw new RowRefusal.Exception("date-in-the-future", column + ": is after " + latest);
    }
    return day;
  }

  private RowRefusal.Exception unreadable() {
    return new RowRefusal.Exception(
        "not-a-date", column + ": is not a date in the form that the mapping names");
  }

  private static DateTimeFormatter formatter(String pattern) {
    // y is the year of an era, which strict resolving (no 31 February) would ask for as well.
    return DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("there is no zone " + name, e);
    }
  }
}
