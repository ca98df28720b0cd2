package org.tallykeep.local.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tallykeep.local.stack.StateFolder;

/** What the customer service's JVM writes down at each collection. */
record GcLog(Path file) {

  /** Before and after the collection, and how much there is. */
  private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\((\\d+)M\\)");

  static GcLog of(StateFolder folder) {
    return new GcLog(folder.logs().resolve("customer-service-gc.log"));
  }

  /** How many lines it has, to go on from. */
  int lines() {
    return read().size();
  }

  /** The highest heap after a collection, in MiB, from a line on; zero if there was none. */
  int highestAfter(int fromLine) {
    return highest(read().stream().skip(fromLine).toList());
  }

  static int highest(List<String> lines) {
    return lines.stream()
        .map(COLLECTION::matcher)
        .filter(Matcher::find)
        .mapToInt(found -> Integer.parseInt(found.group(2)))
        .max()
        .orElse(0);
  }

  private List<String> read() {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException("The log of collections cannot be read", e);
    }
  }
}
