package org.tallykeep.customer.imports;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.tallykeep.customer.imports.BrokenStreamException.Reason;

/**
 * Reads gzip (RFC 1952) of one or several members and insists on each being whole.
 *
 * <p>The JDK's own stream asks {@code available()} whether another member follows, which a network
 * stream answers with zero while the next packet is on its way, and it passes over a damaged second
 * member in silence: either way rows would be lost without a word.
 */
final class GzipBody extends InputStream {

  private static final int MAGIC = 0x1f8b;
  private static final int DEFLATE = 8;
  private static final int FLAG_HEADER_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;
  private static final int KNOWN_FLAGS = 31;

  private final PushbackInputStream source;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] input = new byte[8192];
  private final byte[] single = new byte[1];
  private int lastFed;
  private boolean insideMember;
  private boolean ended;
  private boolean closed;

  GzipBody(InputStream source) {
    this.source = new PushbackInputStream(source, input.length);
  }

  @Override
  public int read() throws IOException {
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    try {
      while (!ended) {
        if (!insideMember) {
          startMember();
          continue;
        }
        int count = inflater.inflate(target, offset, length);
        if (count > 0) {
          crc.update(target, offset, count);
          return count;
        }
        if (inflater.finished()) {
          endMember();
        } else if (inflater.needsInput()) {
          feed();
        } else {
          throw damaged("asks for a dictionary");
        }
      }
      return -1;
    } catch (DataFormatException e) {
      throw new BrokenStreamException(Reason.GZIP_BROKEN, "the gzip data is damaged", e);
    } catch (EOFException e) {
      throw new BrokenStreamException(
          Reason.GZIP_BROKEN, "the gzip data ends before its end: the file is truncated", e);
    }
  }

  private void feed() throws IOException {
    int count = source.read(input);
    if (count < 0) {
      throw new EOFException();
    }
    inflater.setInput(input, 0, count);
    lastFed = count;
  }

  private void startMember() throws IOException {
    int first = source.read();
    if (first < 0) {
      // A body of no members at all is an empty body; behind a member this is the regular end.
      ended = true;
      return;
    }
    if ((first << 8 | octet()) != MAGIC || octet() != DEFLATE) {
      throw damaged("does not start as gzip does");
    }
    int flags = octet();
    if ((flags & ~KNOWN_FLAGS) != 0) {
      throw damaged("uses reserved flags");
    }
    skip(6);
    if ((flags & FLAG_EXTRA) != 0) {
      skip(octet() | octet() << 8);
    }
    if ((flags & FLAG_NAME) != 0) {
      skipText();
    }
    if ((flags & FLAG_COMMENT) != 0) {
      skipText();
    }
    if ((flags & FLAG_HEADER_CRC) != 0) {
      skip(2);
    }
    inflater.reset();
    crc.reset();
    lastFed = 0;
    insideMember = true;
  }

  private void endMember() throws IOException {
    int unread = inflater.getRemaining();
    source.unread(input, lastFed - unread, unread);
    long length = inflater.getBytesWritten() & 0xffffffffL;
    if (littleEndian() != crc.getValue() || littleEndian() != length) {
      throw damaged("does not match its checksum");
    }
    insideMember = false;
  }

  private long littleEndian() throws IOException {
    return octet() | octet() << 8 | octet() << 16 | (long) octet() << 24;
  }

  private int octet() throws IOException {
    int value = source.read();
    if (value < 0) {
      throw new EOFException();
    }
    return value;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      octet();
    }
  }

  private void skipText() throws IOException {
    while (octet() != 0) {
      // The file's name or comment is of no interest.
    }
  }

  private static BrokenStreamException damaged(String how) {
    return new BrokenStreamException(Reason.GZIP_BROKEN, "the gzip data " + how);
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      inflater.end();
      source.close();
    }
  }
}
