package org.tallykeep.customer.imports;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** One row a line; blank lines are passed over. */
final class LineRows<T> implements Rows<T> {

  private final Lines lines;
  private final RowReader<T> reader;

  LineRows(InputStream body, RowReader<T> reader) {
    this.lines = new Lines(body, BulkImport.MAX_LINE);
    this.reader = reader;
  }

  @Override
  public @Nullable Row<T> next() throws IOException {
    byte[] line;
    do {
      line = lines.next();
    } while (line != null && blank(line));
    if (line == null) {
      return null;
    }
    byte[] text = line;
    return Row.read(lines.number(), lines.number(), text.length, () -> reader.read(text));
  }

  @Override
  public long line() {
    return lines.number();
  }

  @Override
  public void skipTo(long line) throws IOException {
    while (lines.number() < line && lines.next() != null) {
      // What it holds was taken before.
    }
  }

  private static boolean blank(byte[] line) {
    for (byte octet : line) {
      if (octet != ' ' && octet != '\t') {
        return false;
      }
    }
    return true;
  }
}
