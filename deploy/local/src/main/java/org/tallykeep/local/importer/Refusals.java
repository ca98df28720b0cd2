package org.tallykeep.local.importer;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows that were not taken, in a file that is made at the first: line number, code, reason. Not
 * the rows themselves: this file may be sent to whoever can help.
 */
final class Refusals implements AutoCloseable {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss-SSS", Locale.ROOT);

  private final Path file;
  private @Nullable BufferedWriter writer;
  private long count;
  private final Map<String, Reason> reasons = new HashMap<>();

  private record Reason(RowRefusal first, long line, long rows) {}

  Refusals(Path stateDirectory, Path imported, Clock clock) {
    String stamp = STAMP.format(LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
    this.file =
        stateDirectory.resolve("refused").resolve(imported.getFileName() + "-" + stamp + ".csv");
  }

  synchronized void add(long line, RowRefusal refusal) {
    try {
      if (writer == null) {
        Files.createDirectories(file.getParent());
        writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        writer.write("line,code,reason\n");
      }
      count++;
      reasons.merge(
          refusal.code(),
          new Reason(refusal, line, 1),
          (known, more) -> new Reason(known.first(), known.line(), known.rows() + 1));
      String reason = refusal.detail().replace("\"", "\"\"").replaceAll("\\R", " ");
      writer.write(line + "," + refusal.code() + ",\"" + reason + "\"\n");
    } catch (IOException e) {
      throw new UncheckedIOException("the refused rows cannot be written to " + file, e);
    }
  }

  synchronized long count() {
    return count;
  }

  /** Why most of them were not taken, a sentence a reason; the commonest first. */
  synchronized List<String> commonest(int most) {
    return reasons.values().stream()
        .sorted(Comparator.comparingLong(Reason::rows).reversed().thenComparing(Reason::line))
        .limit(most)
        .map(
            reason ->
                String.format(
                    Locale.ROOT,
                    "%,d refused as %s, first in line %,d: %s",
                    reason.rows(),
                    reason.first().code(),
                    reason.line(),
                    reason.first().detail()))
        .toList();
  }

  /** The file, when a row was refused. */
  synchronized Optional<Path> file() {
    return count > 0 ? Optional.of(file) : Optional.empty();
  }

  @Override
  public synchronized void close() {
    try {
      if (writer != null) {
        writer.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the refused rows cannot be written to " + file, e);
    }
  }
}
