package org.tallykeep.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.zip.GZIPInputStream;

/**
 * An audit trail as a file, a JSON object a line, plain or gzip: the checkpoints in their order,
 * then the entries, lane by lane, then a last line that says how many there were. It is all that
 * checking needs but the public keys; it opens nothing.
 */
public final class AuditFile {

  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final int LONGEST_LINE = 1 << 20;
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
   * Walks the file.
   *
   * @throws NotGenuine when it is no such file, or ends before its last line
   */
  public static void read(InputStream file, AuditInspection inspection) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(unpacked(file), StandardCharsets.UTF_8));
    long checkpoints = 0;
    long entries = 0;
    for (String text = next(lines); !text.isEmpty(); text = next(lines)) {
      JsonNode line = parsed(text);
      if (line.has("checkpoint")) {
        inspection.checkpoint(line.path("checkpoint").asText());
        checkpoints++;
      } else if (line.has("lane")) {
        inspection.entry(entry(line));
        entries++;
      } else if (line.path("checkpoints").asLong(-1) == checkpoints
          && line.path("entries").asLong(-1) == entries) {
        return;
      } else {
        throw new NotGenuine("The file's last line does not count what is before it.");
      }
    }
    throw new NotGenuine("The file ends before its last line: it was cut off.");
  }

  private static InputStream unpacked(InputStream file) throws IOException {
    BufferedInputStream in = new BufferedInputStream(file);
    in.mark(2);
    int magic = in.read() << Byte.SIZE | in.read();
    in.reset();
    return magic == GZIP_MAGIC ? new GZIPInputStream(in) : in;
  }

  /** A line, bounded; empty at the end. */
  private static String next(Reader lines) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = lines.read(); c >= 0 && c != '\n'; c = lines.read()) {
      if (line.length() == LONGEST_LINE) {
        throw new NotGenuine("A line of the file is too long.");
      }
      line.append((char) c);
    }
    return line.toString();
  }

  private static JsonNode parsed(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new NotGenuine("A line of the file is no JSON: this is no exported audit trail.", e);
    }
  }

  private static AuditEntry entry(JsonNode line) throws IOException {
    try {
      return new AuditEntry(
          UUID.fromString(line.path("lane").asText()),
          line.path("sequence").asLong(),
          line.path("previous").binaryValue(),
          line.path("hash").binaryValue(),
          line.path("body").binaryValue());
    } catch (IllegalArgumentException e) {
      throw new NotGenuine("A line of the file is no entry of an audit trail.", e);
    }
  }
}
