package org.tallykeep.customer.imports;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object a line into a record, strictly: an unknown or repeated field, a number
 * where a text belongs, invalid UTF-8 or anything behind the object refuses the row. What it says
 * about a refusal holds names of fields and never a value; Jackson's own messages quote values, so
 * none is passed on.
 */
public final class JsonRows<T> implements RowReader<T> {

  /** Deep enough for every row there is; a bomb of brackets is refused. */
  private static final int MAX_DEPTH = 16;

  private static final JsonMapper STRICT = strictMapper();

  private final ObjectReader reader;

  private JsonRows(ObjectReader reader) {
    this.reader = reader;
  }

  /** Rows that are records of the type; fields that may be missing are nullable there. */
  public static <T> JsonRows<T> of(Class<T> type) {
    return new JsonRows<>(STRICT.readerFor(type));
  }

  private static JsonMapper strictMapper() {
    JsonMapper mapper =
        JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                LogicalType.Textual,
                text ->
                    List.of(
                            CoercionInputShape.Integer,
                            CoercionInputShape.Float,
                            CoercionInputShape.Boolean)
                        .forEach(shape -> text.setCoercion(shape, CoercionAction.Fail)))
            .build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNumberLength(40)
                .maxNameLength(200)
                .build());
    return mapper;
  }

  @Override
  public T read(byte[] line) {
    String text = strictUtf8(line);
    try {
      T row = reader.readValue(text);
      if (row == null) {
        throw notOneObject();
      }
      return row;
    } catch (UnrecognizedPropertyException e) {
      throw new RowRefusedException(
          "unknown-field", path(e), "no such field here: remove it or correct its name");
    } catch (StreamConstraintsException e) {
      throw new RowRefusedException(
          "malformed-json", path(e), "nested too deep, or a name or number that is too long");
    } catch (JsonMappingException e) {
      if (duplicate(e)) {
        throw duplicateField(path(e));
      }
      if (e.getPath().isEmpty() || e.getCause() instanceof JsonParseException) {
        throw notOneObject();
      }
      throw new RowRefusedException(
          "wrong-type", path(e), "not of the type that this field has; see the API description");
    } catch (JsonProcessingException e) {
      throw duplicate(e) ? duplicateField(null) : notOneObject();
    }
  }

  static String strictUtf8(byte[] line) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
    } catch (CharacterCodingException e) {
      throw new RowRefusedException("invalid-utf8", null, "the line is not valid UTF-8");
    }
  }

  private static RowRefusedException notOneObject() {
    return new RowRefusedException("malformed-json", null, "the line must be one JSON object");
  }

  private static boolean duplicate(JsonProcessingException e) {
    // Jackson gives repeated names no exception class of their own.
    return e.getOriginalMessage() != null && e.getOriginalMessage().startsWith("Duplicate field");
  }

  private static RowRefusedException duplicateField(@Nullable String path) {
    return new RowRefusedException(
        "duplicate-field", path, "a field is given more than once in the same object");
  }

  private static @Nullable String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(harmless(step.getFieldName()));
      }
    }
    return path.isEmpty() ? null : path.toString();
  }

  private static @Nullable String path(JsonProcessingException e) {
    return e instanceof JsonMappingException mapping ? path(mapping) : null;
  }

  /** An unknown name is the caller's text and may be anything, so only what looks like a name. */
  static String harmless(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_-]{0,39}")
        ? name
        : String.format(Locale.ROOT, "(a name of %d characters)", name.length());
  }
}
