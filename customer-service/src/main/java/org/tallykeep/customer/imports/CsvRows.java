package org.tallykeep.customer.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of CSV (RFC 4180), each of one record or of several neighbouring ones. Where records are
 * joined, nothing is taken of which a part may be missing: neither before a break nor beside a
 * record that cannot be read.
 */
final class CsvRows<T> implements Rows<T> {

  private static final JsonMapper JSON = new JsonMapper();

  /** So many records are kept to be told that they are too many; no row has as many lines. */
  private static final int MOST_RECORDS = 1001;

  private final Lines records;
  private final CsvHeader header;
  private final CsvShape shape;
  private final RowReader<T> reader;
  private @Nullable Read ahead;
  private boolean afterUnreadable;
  private boolean insideRow;
  private long line;

  private CsvRows(Lines records, CsvHeader header, CsvShape shape, RowReader<T> reader) {
    this.records = records;
    this.header = header;
    this.shape = shape;
    this.reader = reader;
  }

  /** A record, or why it is none. */
  private record Read(
      long line, int bytes, @Nullable CsvRecord record, RowAnswer.@Nullable Refused refused) {}

  static <T> CsvRows<T> open(InputStream body, CsvShape shape, RowReader<T> reader)
      throws IOException {
    Lines records = new Lines(body, BulkImport.MAX_LINE);
    byte[] first;
    try {
      first = records.next();
    } catch (BrokenStreamException e) {
      throw CsvHeader.refused("header-unreadable", "The header row cannot be read to its end.");
    }
    if (first == null) {
      throw CsvHeader.refused("header-missing", "The first row of CSV names the columns.");
    }
    try {
      String text = JsonRows.strictUtf8(first);
      char separator = CsvHeader.separator(text);
      records.quotedFields((byte) separator);
      return new CsvRows<>(records, CsvHeader.read(text, separator, shape), shape, reader);
    } catch (RowRefusedException e) {
      throw CsvHeader.refused(e.code(), "The header row cannot be read: " + e.detail() + ".");
    }
  }

  @Override
  public @Nullable Row<T> next() throws IOException {
    Read first = take();
    if (first == null) {
      return null;
    }
    line = first.line;
    boolean suspect = shape.joins() && afterUnreadable;
    CsvRecord record = first.record;
    if (record == null) {
      afterUnreadable = true;
      return new Row<>(line, line, first.bytes, null, first.refused);
    }
    afterUnreadable = false;
    if (!shape.joins()) {
      return Row.read(line, line, record.bytes(), () -> read(List.of(record)));
    }
    return joined(record, suspect);
  }

  private Row<T> joined(CsvRecord first, boolean suspect) throws IOException {
    List<CsvRecord> row = new ArrayList<>(List.of(first));
    CsvRecord last = first;
    long bytes = first.bytes();
    insideRow = true;
    Read following = peek();
    while (following != null
        && following.record != null
        && shape.continues(last, following.record)) {
      last = following.record;
      bytes += last.bytes();
      // What is too long is not kept, whatever its length.
      if (bytes <= BulkImport.MAX_LINE && row.size() < MOST_RECORDS) {
        row.add(last);
      }
      take();
      following = peek();
    }
    insideRow = false;
    boolean beside = suspect || (following != null && following.record == null);
    boolean tooLong = bytes > BulkImport.MAX_LINE;
    int kept = (int) Math.min(bytes, BulkImport.MAX_LINE);
    return Row.read(
        line,
        last.line(),
        kept,
        () -> {
          if (beside) {
            throw new RowRefusedException(
                "beside-unreadable",
                null,
                "the record before or behind cannot be read and may belong to this row: mend it"
                    + " and send both");
          }
          if (tooLong) {
            throw new RowRefusedException(
                "too-long", null, "the records of one row have more than 1 MiB");
          }
          return read(row);
        });
  }

  private T read(List<CsvRecord> row) {
    try {
      return reader.read(JSON.writeValueAsBytes(shape.json(row)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree in memory is written without failures", e);
    }
  }

  @Override
  public long line() {
    return line;
  }

  @Override
  public void skipTo(long last) throws IOException {
    Read passed;
    while ((passed = peek()) != null && passed.line <= last) {
      take();
      afterUnreadable = passed.record == null;
    }
  }

  private @Nullable Read peek() throws IOException {
    if (ahead == null) {
      ahead = record();
    }
    return ahead;
  }

  private @Nullable Read take() throws IOException {
    Read taken = peek();
    ahead = null;
    return taken;
  }

  private @Nullable Read record() throws IOException {
    byte[] bytes;
    do {
      try {
        bytes = records.next();
      } catch (BrokenStreamException e) {
        // A row whose end is not seen is not read either.
        line = insideRow ? line : records.number();
        throw e;
      }
    } while (bytes != null && bytes.length == 0);
    if (bytes == null) {
      return null;
    }
    long start = records.number();
    try {
      return new Read(start, bytes.length, header.record(start, bytes), null);
    } catch (RowRefusedException e) {
      return new Read(start, bytes.length, null, e.answer());
    }
  }
}
