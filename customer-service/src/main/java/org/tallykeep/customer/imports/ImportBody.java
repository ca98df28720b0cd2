package org.tallykeep.customer.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Opens the body of an import, compressed or not. */
public final class ImportBody {

  private static final int GZIP_FIRST = 0x1f;

  private ImportBody() {}

  /** Whether bodies of this {@code Content-Encoding} can be read. */
  public static boolean readable(@Nullable String contentEncoding) {
    return contentEncoding == null
        || switch (contentEncoding.strip().toLowerCase(Locale.ROOT)) {
          case "", "identity", "gzip", "x-gzip" -> true;
          default -> false;
        };
  }

  /**
   * The lines' bytes. A gzip file is recognised by its first byte, which starts no JSON, so that
   * one sent without the header is read as well.
   */
  public static InputStream open(InputStream raw) throws IOException {
    PushbackInputStream source = new PushbackInputStream(raw, 1);
    int first = source.read();
    if (first < 0) {
      return source;
    }
    source.unread(first);
    return first == GZIP_FIRST ? new GzipBody(source) : source;
  }
}
