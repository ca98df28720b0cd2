package org.tallykeep.aggregates;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads CBOR piece by piece and accepts nothing but what is asked for. */
final class CborInput {

  private final JsonParser parser;

  private CborInput(JsonParser parser) {
    this.parser = parser;
  }

  /** Reads one payload. */
  @FunctionalInterface
  interface Body<T> {
    T read(CborInput input) throws IOException;
  }

  /** Reads a payload that takes up all the bytes. */
  static <T> T whole(byte[] bytes, Body<T> body) {
    try (JsonParser parser = Cbor.factory().createParser(bytes)) {
      CborInput input = new CborInput(parser);
      T value = body.read(input);
      if (parser.nextToken() != null) {
        throw new AggregateFormatException("bytes behind the payload");
      }
      return value;
    } catch (IOException | IllegalArgumentException | ArithmeticException e) {
      throw new AggregateFormatException("not a payload", e);
    }
  }

  static CborInput of(InputStream stream) throws IOException {
    return new CborInput(Cbor.factory().createParser(stream));
  }

  /** Enters an array; its elements follow until {@link #endsArray()}. */
  void startArray() throws IOException {
    expect(JsonToken.START_ARRAY);
  }

  /** Moves on and tells whether that was the end; if not, the element's value is current. */
  boolean endsArray() throws IOException {
    return next() == JsonToken.END_ARRAY;
  }

  void endArray() throws IOException {
    expect(JsonToken.END_ARRAY);
  }

  long integer() throws IOException {
    next();
    return currentInteger();
  }

  long currentInteger() throws IOException {
    require(parser.currentToken() == JsonToken.VALUE_NUMBER_INT);
    return parser.getLongValue();
  }

  void currentIsArray() {
    require(parser.currentToken() == JsonToken.START_ARRAY);
  }

  int smallInteger() throws IOException {
    return Math.toIntExact(integer());
  }

  String text() throws IOException {
    expect(JsonToken.VALUE_STRING);
    return parser.getText();
  }

  @Nullable String textOrNull() throws IOException {
    if (next() == JsonToken.VALUE_NULL) {
      return null;
    }
    require(parser.currentToken() == JsonToken.VALUE_STRING);
    return parser.getText();
  }

  byte[] bytes() throws IOException {
    expect(JsonToken.VALUE_EMBEDDED_OBJECT);
    return parser.getBinaryValue();
  }

  UUID uuid() throws IOException {
    byte[] bytes = bytes();
    require(bytes.length == 16);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  void startMap() throws IOException {
    expect(JsonToken.START_OBJECT);
  }

  /** The next key, or null at the end of the map. */
  @Nullable String nextKey() throws IOException {
    JsonToken token = next();
    if (token == JsonToken.END_OBJECT) {
      return null;
    }
    require(token == JsonToken.FIELD_NAME);
    return parser.currentName();
  }

  /** Passes over the value of a key that this version does not know. */
  void skipValue() throws IOException {
    next();
    parser.skipChildren();
  }

  /** Passes over a map whose keys later versions may use. */
  void skipMap() throws IOException {
    startMap();
    parser.skipChildren();
    require(parser.currentToken() == JsonToken.END_OBJECT);
  }

  /** The first token of the next item of a sequence, or null at its end. */
  @Nullable JsonToken nextItem() throws IOException {
    return parser.nextToken();
  }

  private void expect(JsonToken token) throws IOException {
    require(next() == token);
  }

  private JsonToken next() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == null) {
      throw new AggregateFormatException("the data ends before its end");
    }
    return token;
  }

  static void require(boolean condition) {
    if (!condition) {
      throw new AggregateFormatException("not a payload of this version");
    }
  }
}
