package org.tallykeep.customer.profile;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.tallykeep.customer.imports.BulkImport;
import org.tallykeep.customer.imports.RowRefusedException;
import org.tallykeep.customer.platform.Refusal;

/** Bodies of requests about one thing: read and refused like one line of an import. */
final class Bodies {

  private static final Set<String> NOT_READABLE =
      Set.of("malformed-json", "invalid-utf8", "duplicate-field", "unknown-field", "wrong-type");

  private Bodies() {}

  /** All of it, if that is not more than a line may have. */
  static byte[] whole(InputStream body) throws IOException {
    byte[] json = body.readNBytes(BulkImport.MAX_LINE + 1);
    if (json.length > BulkImport.MAX_LINE) {
      throw new ClientErrorException(Response.Status.REQUEST_ENTITY_TOO_LARGE);
    }
    return json;
  }

  /** What a row is answered with, as a document has it. */
  static String sentence(String detail) {
    return Character.toUpperCase(detail.charAt(0)) + detail.substring(1) + ".";
  }

  /**
   * The problem that a refusal of the content is.
   *
   * @param name of the problem, if the content could be read at all
   */
  static Refusal refused(String name, RowRefusedException e) {
    return NOT_READABLE.contains(e.code())
        ? new Refusal.Malformed(e.code(), e.field(), e.detail())
        : new Refusal.Invalid(name, e.code(), e.field(), e.detail());
  }
}
