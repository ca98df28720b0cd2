package org.tallykeep.evidence;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * An audit trail as a file, a JSON object a line, plain or gzip: the checkpoints in their order,
 * then the entries, lane by lane, then a last line that says how many there were. It is all that
 * checking needs but the public keys; it opens nothing.
 */
public final class AuditFile {

  /** A line that says two things would be read otherwise elsewhere. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final int LONGEST_LINE = 1 << 20;

  /** After so many lines that are none of ours it is no use going on. */
  private static final int UNREADABLE_LINES = 20;

  private static final int GZIP_MAGIC = 0x1f8b;

  private AuditFile() {}

  /** The line of a checkpoint. */
  public static String checkpoint(String signed) {
    return line(JSON.createObjectNode().put("checkpoint", signed));
  }

  /** The line of an entry. */
  public static String entry(AuditEntry entry) {
    return line(
        JSON.createObjectNode()
            .put("lane", entry.lane().toString())
            .put("sequence", entry.sequence())
            .put("previous", entry.previous())
            .put("hash", entry.hash())
            .put("body", entry.body()));
  }

  /** The last line. */
  public static String end(long checkpoints, long entries) {
    return line(JSON.createObjectNode().put("checkpoints", checkpoints).put("entries", entries));
  }

  private static String line(ObjectNode json) {
    return json + "\n";
  }

  /**
   * Walks the file, past lines that cannot be read: what is missing then is for the inspection to
   * say.
   *
   * @return what is wrong with the file as such, in sentences; empty when nothing is
   * @throws NotGenuine when it is no such file
   */
  public static List<String> read(InputStream file, AuditInspection inspection) throws IOException {
    Walk walk = new Walk(inspection);
    String line = null;
    try {
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(unpacked(file), StandardCharsets.UTF_8));
      line = next(lines);
      while (line != null && !walk.ended && walk.faults.size() < UNREADABLE_LINES) {
        walk.take(line);
        line = next(lines);
      }
    } catch (ZipException e) {
      walk.faults.add("line %,d: it cannot be unpacked".formatted(walk.number + 1));
      line = null;
    } catch (EOFException e) {
      // Packed, and cut off: so is what was packed.
      line = null;
    }
    if (walk.checkpoints + walk.entries == 0 && !walk.faults.isEmpty() && !walk.ended) {
      throw new NotGenuine("This is no exported audit trail.");
    }
    if (!walk.ended) {
      walk.faults.add(
          walk.faults.size() < UNREADABLE_LINES
              ? "The file ends before its last line: it was cut off."
              : "Too many lines cannot be read; the rest was not looked at.");
    } else if (line != null) {
      walk.faults.add("line %,d: more follows the last line".formatted(walk.number + 1));
    }
    return walk.faults;
  }

  /** How far it is. */
  private static final class Walk {
    final List<String> faults = new ArrayList<>();
    final AuditInspection inspection;
    long number;
    long checkpoints;
    long entries;
    boolean ended;

    Walk(AuditInspection inspection) {
      this.inspection = inspection;
    }

    void take(String text) {
      number++;
      try {
        JsonNode line = JSON.readTree(text);
        if (line.has("checkpoint")) {
          if (entries > 0) {
            // What came before it was not compared with it.
            faults.add("line %,d: a checkpoint after entries".formatted(number));
          }
          inspection.checkpoint(line.path("checkpoint").asText());
          checkpoints++;
        } else if (line.has("lane")) {
          inspection.entry(entry(line));
          entries++;
        } else if (line.has("entries")) {
          end(line);
        } else {
          faults.add(unreadable());
        }
      } catch (IOException | IllegalArgumentException e) {
        faults.add(unreadable());
      }
    }

    private void end(JsonNode line) {
      ended = true;
      long checkpointsWritten = line.path("checkpoints").asLong();
      long entriesWritten = line.path("entries").asLong();
      if (checkpointsWritten != checkpoints || entriesWritten != entries) {
        faults.add(
            "line %,d: it counts %,d entries and %,d checkpoints, but %,d and %,d can be read"
                .formatted(number, entriesWritten, checkpointsWritten, entries, checkpoints));
      }
    }

    private String unreadable() {
      return "line %,d: it is no line of an audit trail".formatted(number);
    }
  }

  private static InputStream unpacked(InputStream file) throws IOException {
    BufferedInputStream in = new BufferedInputStream(file);
    in.mark(2);
    int magic = in.read() << Byte.SIZE | in.read();
    in.reset();
    return magic == GZIP_MAGIC ? new GZIPInputStream(in) : in;
  }

  /** A line, empty when it is too long to be one of ours; null at the end. */
  private static @Nullable String next(Reader lines) throws IOException {
    int c = lines.read();
    if (c < 0) {
      return null;
    }
    StringBuilder line = new StringBuilder();
    boolean tooLong = false;
    for (; c >= 0 && c != '\n'; c = lines.read()) {
      tooLong |= line.length() == LONGEST_LINE;
      if (!tooLong) {
        line.append((char) c);
      }
    }
    return tooLong ? "" : line.toString();
  }

  private static AuditEntry entry(JsonNode line) throws IOException {
    return new AuditEntry(
        UUID.fromString(line.path("lane").asText()),
        line.path("sequence").asLong(),
        bytes(line, "previous"),
        bytes(line, "hash"),
        bytes(line, "body"));
  }

  private static byte[] bytes(JsonNode line, String name) throws IOException {
    byte[] bytes = line.path(name).binaryValue();
    if (bytes == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return bytes;
  }
}
