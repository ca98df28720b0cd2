package org.tallykeep.analytics;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/** The CDNOW sample, read from ../shared/data beside the project; tests skip where it is absent. */
public final class Cdnow {

  public static final LocalDate CALIBRATION_END = LocalDate.of(1997, 9, 30);
  public static final int HOLDOUT_DAYS = 273;

  private Cdnow() {}

  /** Purchase days by a pseudonym made of the customer's number. */
  public static Map<UUID, int[]> days() {
    Map<UUID, TreeSet<Integer>> days = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(file())) {
        String[] columns = line.strip().split("\\s+", -1);
        LocalDate day = LocalDate.parse(columns[2], DateTimeFormatter.BASIC_ISO_DATE);
        days.computeIfAbsent(pseudonym(columns[1]), id -> new TreeSet<>())
            .add((int) day.toEpochDay());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return days.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry -> entry.getValue().stream().mapToInt(Integer::intValue).toArray()));
  }

  public static UUID pseudonym(String sampleId) {
    return UUID.nameUUIDFromBytes(sampleId.getBytes(StandardCharsets.US_ASCII));
  }

  private static Path file() {
    Path file = Path.of("../shared/data/cdnow/CDNOW_sample.txt");
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve(file))) {
      folder = folder.getParent();
    }
    assumeTrue(folder != null, "skipped: no " + file + " beside the project");
    return folder.resolve(file);
  }
}
