package org.tallykeep.customer.exports;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.tallykeep.customer.imports.CsvOutput;

/**
 * Rows as the bytes of a file, in pieces that follow one another. With gzip each piece is a member
 * of its own (RFC 1952), so that a file can be gone on with behind any of them.
 */
final class ExportWriter {

  /** Bytes of a piece before it is compressed. */
  private static final int PIECE = 1 << 20;

  private static final ObjectWriter JSON =
      JsonMapper.builder()
          .enable(com.fasterxml.jackson.core.StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build()
          .writer();

  private final boolean gzip;
  private final boolean csv;
  private final List<String> columns;
  private final CsvOutput output;
  private final ObjectWriter records;

  ExportWriter(ExportJob job, CsvOutput output) {
    this.gzip = job.wish().gzip();
    this.csv = job.wish().csv();
    this.columns = job.columns();
    this.output = output;
    CsvSchema.Builder schema = CsvSchema.builder();
    columns.forEach(schema::addColumn);
    this.records =
        CsvMapper.builder()
            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
            .build()
            .writerFor(Map.class)
            .with(schema.build())
            .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }

  /**
   * What rows became.
   *
   * @param incomplete how many of them CSV cannot hold whole
   */
  record Written(List<byte[]> pieces, int incomplete) {
    long bytes() {
      return pieces.stream().mapToLong(piece -> piece.length).sum();
    }
  }

  /**
   * The rows' bytes.
   *
   * @param first whether nothing was written before; then there is a piece in any case
   */
  Written write(List<ObjectNode> rows, boolean first) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      int incomplete = 0;
      if (csv) {
        if (first) {
          bytes.writeBytes((String.join(",", columns) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        incomplete = records(rows, bytes);
      } else {
        for (ObjectNode row : rows) {
          bytes.write(JSON.writeValueAsBytes(row));
          bytes.write('\n');
        }
      }
      return new Written(pieces(bytes.toByteArray(), first), incomplete);
    } catch (IOException e) {
      // Its message may quote a value.
      throw new IllegalStateException("rows in memory are written without failures");
    }
  }

  private int records(List<ObjectNode> rows, ByteArrayOutputStream bytes) throws IOException {
    int incomplete = 0;
    SequenceWriter writer = records.writeValues(bytes);
    for (ObjectNode row : rows) {
      CsvOutput.Records made = output.records(row);
      boolean whole = made.whole();
      for (Map<String, String> fields : made.records()) {
        // An attribute declared since has no column, and what is empty is none.
        whole &= columns.containsAll(fields.keySet()) && !fields.containsValue("");
        Map<String, String> known = new HashMap<>(fields);
        known.keySet().retainAll(columns);
        writer.write(known);
      }
      incomplete += whole ? 0 : 1;
    }
    writer.flush();
    return incomplete;
  }

  private List<byte[]> pieces(byte[] bytes, boolean first) {
    List<byte[]> pieces = new ArrayList<>();
    for (int from = 0; from < bytes.length; from += PIECE) {
      pieces.add(packed(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + PIECE))));
    }
    if (first && pieces.isEmpty()) {
      pieces.add(packed(bytes));
    }
    return pieces;
  }

  private byte[] packed(byte[] piece) {
    if (!gzip) {
      return piece;
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream target = new GZIPOutputStream(packed)) {
      target.write(piece);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
