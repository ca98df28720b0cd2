package org.tallykeep.local.importer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.tallykeep.local.CommandFailure;

/**
 * A file of rows and columns, plain or compressed by gzip, read from the front as often as asked.
 */
final class DelimitedFile {

  private static final int GZIP_MAGIC = 0x1f8b;
  private static final int ZIP_MAGIC = 0x504b;
  private static final int UTF16_BIG = 0xfeff;
  private static final int UTF16_LITTLE = 0xfffe;

  /** What becomes of each row; lines are counted from one, with the header. */
  interface Rows {
    void row(long line, String[] fields);

    void refused(long line, RowRefusal refusal);
  }

  private final Path file;
  private final FileFormat format;
  private final @Nullable ObjectReader fields;

  DelimitedFile(Path file, FileFormat format) {
    this.file = file;
    this.format = format;
    this.fields = format.delimiter() == null ? null : reader(format.delimiter());
  }

  Path path() {
    return file;
  }

  /** The columns, by the format or the first row. */
  Columns columns() {
    List<String> names = format.columns();
    if (names != null) {
      return new Columns(file, names);
    }
    try (InputStream input = open()) {
      RecordSplitter.Raw header = new RecordSplitter(input, format.delimiter()).next();
      if (header == null || header.text() == null) {
        throw new CommandFailure(
            file.getFileName() + ": the first row must name the columns, and it cannot be read");
      }
      return new Columns(file, Stream.of(split(header.text())).map(String::strip).toList());
    } catch (RowRefusal.Exception e) {
      throw new CommandFailure(file.getFileName() + ": the row of column names is malformed", e);
    } catch (IOException e) {
      throw broken(e, 0);
    }
  }

  /**
   * Reads all rows.
   *
   * @throws CommandFailure when the file cannot be read to its end
   */
  void read(int columnCount, Rows rows) {
    long line = 0;
    try (InputStream input = open()) {
      RecordSplitter splitter = new RecordSplitter(input, format.delimiter());
      if (format.columns() == null) {
        splitter.next();
      }
      for (var raw = splitter.next(); raw != null; raw = splitter.next()) {
        line = raw.line();
        handOn(raw, columnCount, rows);
      }
    } catch (IOException e) {
      throw broken(e, line);
    }
  }

  private void handOn(RecordSplitter.Raw raw, int columnCount, Rows rows) {
    if (raw.refusal() != null || raw.text() == null) {
      rows.refused(raw.line(), Objects.requireNonNull(raw.refusal()));
      return;
    }
    String[] values;
    try {
      values = split(raw.text());
    } catch (RowRefusal.Exception e) {
      rows.refused(raw.line(), e.refusal());
      return;
    }
    if (values.length != columnCount) {
      String detail = "%d columns where there should be %d".formatted(values.length, columnCount);
      rows.refused(raw.line(), new RowRefusal("wrong-number-of-columns", detail));
      return;
    }
    rows.row(raw.line(), values);
  }

  private String[] split(String text) {
    if (fields == null) {
      return text.strip().split("[ \t]+");
    }
    try {
      return fields.readValue(text);
    } catch (JsonProcessingException e) {
      // Its message quotes the row.
      throw new RowRefusal.Exception("malformed-row", "quotation marks do not match");
    }
  }

  private static ObjectReader reader(char delimiter) {
    CsvSchema schema =
        CsvSchema.emptySchema().withColumnSeparator(delimiter).withQuoteChar('"').withoutHeader();
    return new CsvMapper().readerFor(String[].class).with(schema);
  }

  private InputStream open() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new CommandFailure("there is no file " + file);
    }
    InputStream input = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      int magic = peek(input, 2);
      if (magic == ZIP_MAGIC) {
        throw new CommandFailure(file.getFileName() + " is a ZIP archive: unpack it first");
      }
      if (magic == GZIP_MAGIC) {
        // The JDK's own stream passes over a damaged second member in silence.
        input = new BufferedInputStream(new GzipCompressorInputStream(input, true), 1 << 16);
        magic = peek(input, 2);
      }
      if (magic == UTF16_BIG || magic == UTF16_LITTLE) {
        throw new CommandFailure(
            file.getFileName() + " is UTF-16: save it as UTF-8, for example with iconv");
      }
      if (peek(input, 3) == 0xefbbbf) {
        input.skipNBytes(3);
      }
      return input;
    } catch (IOException | RuntimeException e) {
      input.close();
      throw e;
    }
  }

  private static int peek(InputStream input, int count) throws IOException {
    input.mark(count);
    int value = 0;
    for (byte octet : input.readNBytes(count)) {
      value = value << 8 | (octet & 0xff);
    }
    input.reset();
    return value;
  }

  private CommandFailure broken(IOException e, long line) {
    String after = line == 0 ? "" : ", somewhere after line " + line;
    String what =
        e instanceof EOFException
            ? " ends in the middle of its compressed data" + after + ": it is truncated"
            : " cannot be read" + after + ": it is damaged or went away";
    return new CommandFailure(
        file.getFileName() + what + ". Nothing was lost: get a whole copy and run this again", e);
  }
}
