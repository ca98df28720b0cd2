package org.tallykeep.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tallykeep.local.parts.ProjectHome;

/** The CDNOW sample as rows of the purchase import; it lies beside the checkout, not in it. */
final class Cdnow {

  private Cdnow() {}

  static Optional<Path> file() {
    Path file = ProjectHome.find().directory().resolveSibling("shared/data/cdnow/CDNOW_sample.txt");
    return Optional.of(file).filter(Files::isRegularFile);
  }

  /** Sample id, date and the n-th purchase of that customer on that day make the event's id. */
  static List<String> purchases(Path file) throws IOException {
    Map<String, Integer> seen = new HashMap<>();
    List<String> rows = new ArrayList<>();
    try (Stream<String> lines = Files.lines(file)) {
      for (String line : lines.map(String::strip).filter(l -> !l.isEmpty()).toList()) {
        String[] columns = line.split("\\s+", -1);
        String customer = columns[1];
        String date = columns[2];
        String day = date.substring(0, 4) + "-" + date.substring(4, 6) + "-" + date.substring(6, 8);
        int nth = seen.merge(customer + day, 1, Integer::sum);
        rows.add(
            """
            {"eventId":"cdnow-%s-%s-%d","externalId":"cdnow-%s","day":"%s",\
            "lines":[{"product":"CD","units":%s,"amount":"%s"}]}"""
                .formatted(customer, day, nth, customer, day, columns[3], columns[4]));
      }
    }
    return rows;
  }
}
