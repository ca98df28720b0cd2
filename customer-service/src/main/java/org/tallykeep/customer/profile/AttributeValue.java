package org.tallykeep.customer.profile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.io.IOException;
import java.util.Locale;
import org.tallykeep.customer.imports.RowRefusedException;

/** A single value as it is sent, of whichever type; numbers with every digit they came with. */
@JsonDeserialize(using = AttributeValue.Reader.class)
record AttributeValue(Form form, String text) {

  /** How a value looks in JSON. */
  enum Form {
    TEXT,
    NUMBER,
    BOOLEAN
  }

  /** The text of a value that has to be of that form. */
  String in(Form wanted, String field) {
    if (form != wanted) {
      throw new RowRefusedException(
          "wrong-attribute-type",
          field,
          "declared otherwise: this takes a JSON " + wanted.name().toLowerCase(Locale.ROOT));
    }
    return text;
  }

  /** Takes single values and nothing that has parts. */
  static final class Reader extends JsonDeserializer<AttributeValue> {
    @Override
    public AttributeValue deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      return switch (json.currentToken()) {
        case VALUE_STRING -> new AttributeValue(Form.TEXT, json.getText());
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
            new AttributeValue(Form.NUMBER, json.getText());
        case VALUE_TRUE -> new AttributeValue(Form.BOOLEAN, "true");
        case VALUE_FALSE -> new AttributeValue(Form.BOOLEAN, "false");
        default ->
            context.reportInputMismatch(AttributeValue.class, "a text, a number, true or false");
      };
    }
  }

  /** Says nothing of the person. */
  @Override
  public String toString() {
    return "AttributeValue[…]";
  }
}
