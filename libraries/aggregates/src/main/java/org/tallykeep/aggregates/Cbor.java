package org.tallykeep.aggregates;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** CBOR (RFC 8949) of definite lengths and shortest integers, for pay-loads. */
public final class Cbor {

  private static final CBORFactory FACTORY =
      CBORFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(8).maxStringLength(1 << 16).build())
          .build();

  static {
    FACTORY.enable(CBORGenerator.Feature.WRITE_MINIMAL_INTS);
    // A stream that is closed after a failure looks complete to its reader.
    FACTORY.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    // Otherwise the generator would repair, with a clean end, what a failure left open.
    FACTORY.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
    FACTORY.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
  }

  /** Writes the parts of one payload. */
  @FunctionalInterface
  public interface Body {
    /** Writes them in order. */
    void write(CBORGenerator cbor) throws IOException;
  }

  private Cbor() {}

  /** One payload, in memory. */
  public static byte[] bytes(Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (CBORGenerator cbor = generator(bytes)) {
      body.write(cbor);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  static CBORGenerator generator(OutputStream target) throws IOException {
    return FACTORY.createGenerator(target);
  }

  static CBORFactory factory() {
    return FACTORY;
  }
}
