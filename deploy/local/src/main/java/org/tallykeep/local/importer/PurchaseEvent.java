package org.tallykeep.local.importer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A purchase as {@code POST /v1/purchases/imports} takes it.
 *
 * @param when the instant, or the day when no more is known
 * @param fileLines the lines of the file it was made of
 */
record PurchaseEvent(
    String eventId,
    String externalId,
    When when,
    @Nullable String currency,
    @Nullable String note,
    List<Line> lines,
    long[] fileLines) {

  private static final JsonFactory JSON = new JsonFactory();

  /** When it was: exactly, or on which day. */
  sealed interface When {
    record At(Instant instant) implements When {}

    record On(LocalDate day) implements When {}
  }

  /** One product of a purchase; amounts have two decimals. */
  record Line(
      String product,
      @Nullable String category,
      @Nullable String department,
      long units,
      BigDecimal amount,
      BigDecimal discount) {
    @Override
    public String toString() {
      return "Line[…]";
    }
  }

  byte[] json() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("eventId", eventId);
      json.writeStringField("externalId", externalId);
      switch (when) {
        case When.At(Instant instant) -> json.writeStringField("at", instant.toString());
        case When.On(LocalDate day) -> json.writeStringField("day", day.toString());
      }
      optional(json, "currency", currency);
      json.writeArrayFieldStart("lines");
      for (Line line : lines) {
        write(json, line);
      }
      json.writeEndArray();
      optional(json, "note", note);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, Line line) throws IOException {
    json.writeStartObject();
    json.writeStringField("product", line.product());
    optional(json, "category", line.category());
    optional(json, "department", line.department());
    json.writeNumberField("units", line.units());
    json.writeStringField("amount", line.amount().toPlainString());
    if (line.discount().signum() != 0) {
      json.writeStringField("discount", line.discount().toPlainString());
    }
    json.writeEndObject();
  }

  private static void optional(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  @Override
  public String toString() {
    return "PurchaseEvent[" + lines.size() + " lines]";
  }
}
