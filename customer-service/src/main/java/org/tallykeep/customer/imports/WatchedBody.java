package org.tallykeep.customer.imports;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A body, unpacked, that tells somebody every now and then that it is being read, however long no
 * row comes of it, and that ends where it is longer than anything that packs so well.
 */
public final class WatchedBody extends FilterInputStream {

  private static final int OFTEN = 1 << 16;

  private final long longest;
  private final Runnable watch;
  private long told;
  private long read;

  /**
   * @param body already unpacked
   * @param longest in bytes
   * @param watch may end the reading by an exception
   */
  public WatchedBody(InputStream body, long longest, Runnable watch) {
    super(body);
    this.longest = longest;
    this.watch = watch;
  }

  @Override
  public int read() throws IOException {
    int octet = super.read();
    if (octet >= 0) {
      passed(1);
    }
    return octet;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    if (count > 0) {
      passed(count);
    }
    return count;
  }

  private void passed(int count) throws IOException {
    read += count;
    if (read > longest) {
      throw new BrokenStreamException(
          BrokenStreamException.Reason.UNPACKS_TO_TOO_MUCH,
          "the body unpacks to more than " + longest + " bytes");
    }
    if (read - told >= OFTEN) {
      told = read;
      watch.run();
    }
  }
}
