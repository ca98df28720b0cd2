package org.tallykeep.models;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The CDNOW sample, read from ../shared/data beside the project; tests skip where it is absent. */
final class Cdnow {

  static final int CALIBRATION_END = (int) LocalDate.of(1997, 9, 30).toEpochDay();
  static final int HOLDOUT_DAYS = 273;

  private final List<int[]> customers;

  private Cdnow(List<int[]> customers) {
    this.customers = customers;
  }

  static Cdnow read() {
    Path file = Path.of("../shared/data/cdnow/CDNOW_sample.txt");
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve(file))) {
      folder = folder.getParent();
    }
    assumeTrue(folder != null, "skipped: no " + file + " beside the project");
    TreeMap<String, SortedSet<Integer>> days = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(folder.resolve(file))) {
        String[] columns = line.strip().split("\\s+", -1);
        LocalDate day = LocalDate.parse(columns[2], DateTimeFormatter.BASIC_ISO_DATE);
        days.computeIfAbsent(columns[1], id -> new TreeSet<>()).add((int) day.toEpochDay());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Cdnow(days.values().stream().map(Cdnow::column).toList());
  }

  private static int[] column(Collection<Integer> days) {
    return days.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The sorted purchase days of each customer. */
  List<int[]> customers() {
    return customers;
  }

  List<BuyingStatistics> statistics() {
    return customers.stream()
        .map(days -> PurchaseDays.statistics(days, 0, days.length, CALIBRATION_END))
        .toList();
  }

  BuyingSummary summary() {
    return summary(PurchaseDays.DAYS_PER_WEEK);
  }

  /** With times rounded to so many ticks a week, as published summaries have them. */
  BuyingSummary summary(int ticksPerWeek) {
    BuyingSummary.Builder builder = BuyingSummary.inTicks(ticksPerWeek);
    for (BuyingStatistics s : statistics()) {
      builder.add(
          s.frequency(),
          (int) Math.round(s.recency() * ticksPerWeek),
          (int) Math.round(s.age() * ticksPerWeek));
    }
    return builder.build();
  }
}
