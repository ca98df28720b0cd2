package org.tallykeep.customer.imports;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.imports.BrokenStreamException.Reason;

/**
 * Cuts a stream of bytes into lines, holding one line at most; a line longer than the limit breaks
 * the stream as soon as the limit is passed, whatever its length would have been. With quoted
 * fields a line goes on where its end lies inside quotes.
 */
final class Lines {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final InputStream source;
  private final int maxLength;
  private final byte[] buffer = new byte[64 * 1024];
  private int from;
  private int to;
  private byte[] line = new byte[1024];
  private int length;
  private long number;
  private long passed;
  private final Quotes quotes = new Quotes();

  Lines(InputStream source, int maxLength) {
    this.source = source;
    this.maxLength = maxLength;
  }

  /** From the next line on, a field that starts with a quote may hold line ends (RFC 4180). */
  void quotedFields(byte separator) {
    quotes.between(separator);
  }

  /**
   * The number of the line that was read last or, after a break, could not be read; where it
   * started if it went over several.
   */
  long number() {
    return number;
  }

  /** The next line without its end, or null behind the last one. */
  byte @Nullable [] next() throws IOException {
    length = 0;
    number = passed + 1;
    quotes.start();
    while (true) {
      if (from == to && !fill()) {
        if (quotes.open()) {
          throw new BrokenStreamException(
              Reason.QUOTE_NOT_CLOSED,
              "a quote is opened in the record of line %d and not closed".formatted(number));
        }
        if (length == 0) {
          number = passed;
          return null;
        }
        passed++;
        return finished();
      }
      int end = from;
      while (end < to && !endsAt(buffer[end])) {
        end++;
      }
      append(end);
      if (end < to) {
        from = end + 1;
        return finished();
      }
      from = end;
    }
  }

  private boolean endsAt(byte octet) {
    if (octet == '\n') {
      passed++;
    }
    return !quotes.inside(octet) && octet == '\n';
  }

  private boolean fill() throws IOException {
    from = 0;
    to = 0;
    try {
      int count = source.read(buffer);
      to = Math.max(count, 0);
      return count > 0;
    } catch (BrokenStreamException e) {
      throw e;
    } catch (IOException e) {
      throw new BrokenStreamException(
          Reason.BODY_CUT_OFF, "the connection ended before the body did", e);
    }
  }

  private void append(int end) throws IOException {
    int count = end - from;
    if (count > maxLength - length) {
      throw new BrokenStreamException(
          Reason.LINE_TOO_LONG,
          "line %d is longer than %d bytes: split the file at line ends, one row a line"
              .formatted(number, maxLength));
    }
    if (length + count > line.length) {
      line = Arrays.copyOf(line, Math.min(maxLength, Math.max(line.length * 2, length + count)));
    }
    System.arraycopy(buffer, from, line, length, count);
    length += count;
  }

  private byte[] finished() {
    int start = number == 1 && startsWithByteOrderMark() ? BYTE_ORDER_MARK.length : 0;
    int end = length > start && line[length - 1] == '\r' ? length - 1 : length;
    return Arrays.copyOfRange(line, start, end);
  }

  private boolean startsWithByteOrderMark() {
    return length >= BYTE_ORDER_MARK.length
        && Arrays.equals(line, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, 3);
  }
}
