package org.tallykeep.local.sample;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import org.tallykeep.simulator.Line;
import org.tallykeep.simulator.Profile;
import org.tallykeep.simulator.Purchase;

/** Simulated households and purchases as the customer service takes them, one object a line. */
public final class SampleJson {

  private static final JsonFactory JSON = new JsonFactory();

  private SampleJson() {}

  private interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  public static byte[] of(Profile profile) {
    return object(
        json -> {
          json.writeStringField("externalId", profile.externalId());
          json.writeObjectFieldStart("name");
          json.writeStringField("given", profile.given());
          json.writeStringField("family", profile.family());
          json.writeEndObject();
          json.writeStringField("birthDate", profile.birthDate().toString());
          texts(json, "emails", profile.emails());
          texts(json, "phones", profile.phones());
          json.writeArrayFieldStart("addresses");
          for (Profile.Address address : profile.addresses()) {
            json.writeStartObject();
            json.writeStringField("street", address.street());
            json.writeStringField("postalCode", address.postalCode());
            json.writeStringField("town", address.town());
            json.writeStringField("region", address.region());
            json.writeStringField("country", address.country());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeStringField("locale", profile.locale());
        });
  }

  public static byte[] of(Purchase purchase) {
    return object(
        json -> {
          json.writeStringField("eventId", purchase.eventId());
          json.writeStringField("externalId", purchase.externalId());
          json.writeStringField("at", purchase.at().toString());
          json.writeArrayFieldStart("lines");
          for (Line line : purchase.lines()) {
            json.writeStartObject();
            json.writeStringField("product", line.product().code());
            json.writeStringField("category", line.product().category());
            json.writeStringField("department", line.product().department());
            json.writeNumberField("units", line.units());
            json.writeStringField("amount", money(line.amountMinor()));
            if (line.discountMinor() > 0) {
              json.writeStringField("discount", money(line.discountMinor()));
            }
            json.writeEndObject();
          }
          json.writeEndArray();
          if (purchase.note().isPresent()) {
            json.writeStringField("note", purchase.note().get());
          }
        });
  }

  private static byte[] object(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      content.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void texts(JsonGenerator json, String name, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static String money(long minor) {
    return BigDecimal.valueOf(minor, 2).toPlainString();
  }
}
