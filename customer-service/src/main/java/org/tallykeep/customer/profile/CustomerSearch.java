package org.tallykeep.customer.profile;

import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.imports.RowRefusedException;

/** By what a customer is looked for. */
sealed interface CustomerSearch {

  /** By the retailer's own number. */
  record ByExternalId(String id) implements CustomerSearch {
    @Override
    public String toString() {
      return "ByExternalId[…]";
    }
  }

  /** By an attribute, for those who may see it. */
  record ByAttribute(Attribute attribute, String normalised) implements CustomerSearch {
    @Override
    public String toString() {
      return "ByAttribute[…]";
    }
  }

  /** By an e-mail address or a phone number. */
  record ByTag(TagField field, String normalised) implements CustomerSearch {
    @Override
    public String toString() {
      return "ByTag[…]";
    }
  }

  /** An attribute and the value that it has. */
  record AttributeRequest(
      @Nullable String name,
      @Schema(type = SchemaType.STRING, description = "Of the attribute's own type")
          @Nullable AttributeValue value) {
    @Override
    public String toString() {
      return "AttributeRequest[…]";
    }
  }

  /** The request as it is sent: exactly one of the four. */
  @Schema(name = "CustomerSearch", description = "Exactly one of the four.")
  record Request(
      @Nullable String email,
      @Nullable String phone,
      @Nullable String externalId,
      @Nullable AttributeRequest attribute) {

    CustomerSearch check(String country, Attributes attributes) {
      String mail = Texts.line(email, "email", 1000);
      String number = Texts.line(phone, "phone", 1000);
      String id = Texts.line(externalId, "externalId", 1000);
      if (Stream.of(mail, number, id, attribute).filter(Objects::nonNull).count() != 1) {
        throw new RowRefusedException(
            "one-criterion",
            null,
            "search by exactly one of email, phone, externalId and attribute");
      }
      if (mail != null) {
        return new ByTag(ContactField.EMAIL, Emails.normalised(Emails.check(mail, "email")));
      }
      if (number != null) {
        return new ByTag(ContactField.PHONE, Phones.check(number, country, "phone"));
      }
      return id != null ? new ByExternalId(id) : byAttribute(attribute, attributes);
    }

    private static CustomerSearch byAttribute(
        @Nullable AttributeRequest request, Attributes attributes) {
      String name = request == null || request.name == null ? "" : request.name;
      Attribute found =
          attributes
              .find(name)
              .filter(Attribute::searchable)
              .orElseThrow(
                  () ->
                      new RowRefusedException(
                          "not-searchable",
                          "attribute.name",
                          "no attribute of this name is declared searchable"));
      AttributeValue value = request == null ? null : request.value;
      String canonical = value == null ? null : found.type().canonical(value, "attribute.value");
      if (canonical == null) {
        throw new RowRefusedException("missing", "attribute.value", "a value is needed");
      }
      return new ByAttribute(found, canonical);
    }

    /** Says nothing of the person. */
    @Override
    public String toString() {
      return "CustomerSearch[…]";
    }
  }
}
