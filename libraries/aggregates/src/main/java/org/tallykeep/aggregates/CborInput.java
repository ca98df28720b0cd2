package org.tallykeep.aggregates;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads CBOR piece by piece and accepts nothing but what is asked for. */
public final class CborInput {

  private final JsonParser parser;

  private CborInput(JsonParser parser) {
    this.parser = parser;
  }

  /** Reads one payload. */
  @FunctionalInterface
  public interface Body<T> {
    /** Reads its parts in order. */
    T read(CborInput input) throws IOException;
  }

  /**
   * Reads a payload that takes up all the bytes.
   *
   * @throws AggregateFormatException if they are none
   */
  public static <T> T whole(byte[] bytes, Body<T> body) {
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
  public void startArray() throws IOException {
    expect(JsonToken.START_ARRAY);
  }

  /** Moves on and tells whether that was the end; if not, the element's value is current. */
  public boolean endsArray() throws IOException {
    return next() == JsonToken.END_ARRAY;
  }

  /** Leaves an array. */
  public void endArray() throws IOException {
    expect(JsonToken.END_ARRAY);
  }

  /** An integer of up to 64 bits. */
  public long integer() throws IOException {
    next();
    return currentInteger();
  }

  /** An integer of up to 64 bits or null. */
  public @Nullable Long integerOrNull() throws IOException {
    return next() == JsonToken.VALUE_NULL ? null : currentInteger();
  }

  private long currentInteger() throws IOException {
    require(parser.currentToken() == JsonToken.VALUE_NUMBER_INT);
    return parser.getLongValue();
  }

  /** Insists that the element that {@link #endsArray()} moved on to is an array, and is in it. */
  public void currentIsArray() {
    require(parser.currentToken() == JsonToken.START_ARRAY);
  }

  /** An integer of up to 32 bits. */
  public int smallInteger() throws IOException {
    return Math.toIntExact(integer());
  }

  /** A text. */
  public String text() throws IOException {
    expect(JsonToken.VALUE_STRING);
    return parser.getText();
  }

  /** A text or null. */
  public @Nullable String textOrNull() throws IOException {
    if (next() == JsonToken.VALUE_NULL) {
      return null;
    }
    require(parser.currentToken() == JsonToken.VALUE_STRING);
    return parser.getText();
  }

  /** A byte string. */
  public byte[] bytes() throws IOException {
    expect(JsonToken.VALUE_EMBEDDED_OBJECT);
    return parser.getBinaryValue();
  }

  /** A byte string of sixteen bytes. */
  public UUID uuid() throws IOException {
    byte[] bytes = bytes();
    require(bytes.length == 16);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  /** True or false. */
  public boolean bool() throws IOException {
    JsonToken token = next();
    require(token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE);
    return token == JsonToken.VALUE_TRUE;
  }

  public void startMap() throws IOException {
    expect(JsonToken.START_OBJECT);
  }

  /** The next key, or null at the end of the map. */
  public @Nullable String nextKey() throws IOException {
    JsonToken token = next();
    if (token == JsonToken.END_OBJECT) {
      return null;
    }
    require(token == JsonToken.FIELD_NAME);
    return parser.currentName();
  }

  /** Passes over the value of a key that this version does not know. */
  public void skipValue() throws IOException {
    next();
    parser.skipChildren();
  }

  /** Passes over a map whose keys later versions may use. */
  public void skipMap() throws IOException {
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

  /** Refuses the payload unless the condition holds. */
  public static void require(boolean condition) {
    if (!condition) {
      throw new AggregateFormatException("not a payload of this version");
    }
  }
}
