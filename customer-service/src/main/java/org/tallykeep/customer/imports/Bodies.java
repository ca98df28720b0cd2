package org.tallykeep.customer.imports;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.tallykeep.customer.platform.Refusal;

/** Bodies of requests about one thing: read and refused like one line of an import. */
public final class Bodies {

  private static final Set<String> NOT_READABLE =
      Set.of("malformed-json", "invalid-utf8", "duplicate-field", "unknown-field", "wrong-type");

  private Bodies() {}

  /** All of it, if that is not more than a line may have. */
  public static byte[] whole(InputStream body) throws IOException {
    byte[] json = body.readNBytes(BulkImport.MAX_LINE + 1);
    if (json.length > BulkImport.MAX_LINE) {
      throw new ClientErrorException(Response.Status.REQUEST_ENTITY_TOO_LARGE);
    }
    return json;
  }

  /** Whether that is a reason not to have read a row at all. */
  public static boolean isUnreadable(String code) {
    return NOT_READABLE.contains(code);
  }

  /** What a row is answered with, as a document has it. */
  public static String sentence(String detail) {
    return Character.toUpperCase(detail.charAt(0)) + detail.substring(1) + ".";
  }

  /**
   * The problem that a refusal of the content is.
   *
   * @param name of the problem, if the content could be read at all
   */
  public static Refusal refused(String name, RowRefusedException e) {
    return isUnreadable(e.code())
        ? new Refusal.Malformed(e.code(), e.field(), e.detail())
        : new Refusal.Invalid(name, e.code(), e.field(), e.detail());
  }

  /**
   * What a reader makes of a body.
   *
   * @param name of the problem that a refusal becomes, if the content could be read at all
   */
  public static <T> T read(byte[] json, RowReader<T> reader, String name) {
    try {
      return reader.read(json);
    } catch (RowRefusedException e) {
      throw refused(name, e);
    }
  }
}
