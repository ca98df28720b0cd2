package org.tallykeep.customer.aggregate;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tallykeep.aggregates.AggregateFormatException;
import org.tallykeep.aggregates.BasketHistory;
import org.tallykeep.aggregates.Dataset;
import org.tallykeep.aggregates.SalesSeries;

/** Adds up what basket histories contribute and compares it with the stored series of the shard. */
final class SeriesCheck {

  private final Accounted rows;
  private final Contribution contribution = new Contribution();

  SeriesCheck(Accounted rows) {
    this.rows = rows;
  }

  void add(BasketHistory history) {
    Set<Integer> days =
        history.orders().stream()
            .map(BasketHistory.Order::epochDay)
            .collect(Collectors.toUnmodifiableSet());
    contribution.change(BasketHistory.EMPTY, history, days);
  }

  void check(Connection connection, int shard) throws SQLException {
    AggregateRepository.each(
        connection,
        Dataset.SALES_SERIES,
        shard,
        row -> {
          byte[] payload = rows.take(row);
          if (payload != null) {
            compare(row, payload);
          }
        });
    long left =
        contribution.differences().entrySet().stream()
            .filter(entry -> !series(entry.getKey(), entry.getValue()).days().isEmpty())
            .count();
    // What a row that does not open should hold is left over, too.
    rows.found(Finding.What.MISSING, left - rows.unreadable());
    rows.close();
  }

  private void compare(SealedRow row, byte[] payload) {
    SeriesKey key = key(payload);
    Map<Integer, SalesSeries.Day> expected =
        key == null ? null : contribution.differences().remove(key);
    SalesSeries series = key == null || expected == null ? null : series(key, expected);
    rows.compare(
        row.id(), series == null || series.days().isEmpty() ? null : series.encode(), payload);
  }

  private static SalesSeries series(SeriesKey key, Map<Integer, SalesSeries.Day> days) {
    return new SalesSeries(key.level(), key.name(), List.of()).plus(days);
  }

  /** Null if it is none: a row holds one year, and none that is empty. */
  private static @Nullable SeriesKey key(byte[] payload) {
    try {
      SalesSeries series = SalesSeries.decode(payload);
      return series.days().isEmpty()
          ? null
          : new SeriesKey(
              series.level(),
              series.name(),
              LocalDate.ofEpochDay(series.days().getFirst().epochDay()).getYear());
    } catch (AggregateFormatException e) {
      return null;
    }
  }
}
