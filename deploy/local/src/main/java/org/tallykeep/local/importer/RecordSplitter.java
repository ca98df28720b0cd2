package org.tallykeep.local.importer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Cuts bytes into records: lines, except that a line end inside a quoted field does not end one. A
 * record that is too long or not UTF-8 is reported and passed over; memory stays bounded.
 */
final class RecordSplitter {

  /** Longest record that is read, in bytes; the service reads no longer line either. */
  static final int MAX_RECORD = 1 << 20;

  /** One record: its text, or why it has none. */
  record Raw(long line, @Nullable String text, @Nullable RowRefusal refusal) {}

  private enum State {
    FIELD_START,
    PLAIN,
    QUOTED,
    QUOTE_IN_QUOTED
  }

  private final InputStream input;
  private final int delimiter;
  private final byte[] buffer = new byte[1 << 16];
  private final ByteArrayOutputStream record = new ByteArrayOutputStream(512);
  private int position;
  private int filled;
  private long line = 1;

  /**
   * @param delimiter of fields that may be quoted, or null when quotes mean nothing
   */
  RecordSplitter(InputStream input, @Nullable Character delimiter) {
    this.input = input;
    this.delimiter = delimiter == null ? -1 : delimiter;
  }

  /** The next record that is not blank; null at the end. */
  @Nullable Raw next() throws IOException {
    while (true) {
      long first = line;
      record.reset();
      boolean tooLong = false;
      State state = State.FIELD_START;
      int octet;
      while ((octet = read()) >= 0) {
        if (octet == '\n') {
          line++;
          if (state != State.QUOTED || tooLong) {
            break;
          }
        }
        state = after(state, octet);
        if (record.size() < MAX_RECORD) {
          record.write(octet);
        } else {
          // A quote that never closes ends here: the next line starts anew.
          tooLong = true;
        }
      }
      if (tooLong) {
        return new Raw(first, null, tooLong(line - first));
      }
      if (octet < 0 && record.size() == 0) {
        return null;
      }
      String text = text();
      if (text == null) {
        String detail = "the line is not valid UTF-8; convert the file, for example with iconv";
        return new Raw(first, null, new RowRefusal("invalid-utf8", detail));
      }
      if (!text.isBlank()) {
        return new Raw(first, text, null);
      }
    }
  }

  private State after(State state, int octet) {
    if (delimiter < 0) {
      return State.PLAIN;
    }
    return switch (state) {
      case FIELD_START -> octet == '"' ? State.QUOTED : plain(octet);
      case PLAIN -> plain(octet);
      case QUOTED -> octet == '"' ? State.QUOTE_IN_QUOTED : State.QUOTED;
      case QUOTE_IN_QUOTED -> octet == '"' ? State.QUOTED : plain(octet);
    };
  }

  private State plain(int octet) {
    return octet == delimiter ? State.FIELD_START : State.PLAIN;
  }

  private static RowRefusal tooLong(long lines) {
    String hint = lines > 1 ? "; is a quotation mark never closed?" : "";
    return new RowRefusal("line-too-long", "longer than " + MAX_RECORD + " bytes" + hint);
  }

  private @Nullable String text() {
    byte[] bytes = record.toByteArray();
    int length = bytes.length;
    if (length > 0 && bytes[length - 1] == '\r') {
      length--;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private int read() throws IOException {
    if (position == filled) {
      filled = input.read(buffer);
      position = 0;
      if (filled <= 0) {
        filled = 0;
        return -1;
      }
    }
    return buffer[position++] & 0xff;
  }
}
