package org.tallykeep.customer.profile;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.consent.ConsentRow;

/** A profile as it is sent, before anything in it is checked. */
@Schema(name = "Profile", description = "Who a customer is and how to reach them.")
record ProfileRow(
    @Schema(
            description =
                "Your own number of the person; sending it again updates, and other numbers stay",
            examples = "h-17")
        @Nullable String externalId,
    @Schema(
            description = "All your numbers of the person, instead of externalId; at most 8",
            examples = "[\"h-17\"]")
        @Nullable List<@Nullable String> externalIds,
    @Nullable NameRow name,
    @Schema(examples = "1980-02-03") @Nullable String birthDate,
    @Schema(examples = "[\"ada@example.org\"]") @Nullable List<@Nullable String> emails,
    @Schema(examples = "[\"+12025550143\"]") @Nullable List<@Nullable String> phones,
    @Nullable List<@Nullable AddressRow> addresses,
    @Schema(description = "BCP 47", examples = "en-US") @Nullable String locale,
    @Schema(
            description = "Declared attributes by name; null is none",
            type = SchemaType.OBJECT,
            examples = "{\"memberNo\":\"A-7\"}")
        @Nullable Map<String, @Nullable AttributeValue> attributes,
    @Schema(description = "What they allowed; only in imports and with a new customer")
        @Nullable List<@Nullable ConsentRow> consents,
    @Schema(
            description =
                "Whether somebody who was erased comes back by their own will: only then is a new"
                    + " customer made who has an external id, e-mail address or phone number of"
                    + " theirs",
            defaultValue = "false")
        @Nullable Boolean reinstate) {

  /** All names of fields, those of names and addresses too. */
  static final Set<String> FIELDS =
      fields(
          "externalId",
          "externalIds",
          "attributes",
          "reinstate",
          "name",
          "birthDate",
          "emails",
          "phones",
          "addresses",
          "locale",
          "given",
          "family",
          "street",
          "postalCode",
          "town",
          "region",
          "country",
          "consents");

  private static Set<String> fields(String... own) {
    Set<String> all = new HashSet<>(ConsentRow.FIELDS);
    all.addAll(List.of(own));
    return Set.copyOf(all);
  }

  @Schema(name = "Name")
  record NameRow(@Nullable String given, @Nullable String family) {
    @Override
    public String toString() {
      return "NameRow[…]";
    }
  }

  @Schema(name = "Address")
  record AddressRow(
      @Nullable String street,
      @Nullable String postalCode,
      @Nullable String town,
      @Nullable String region,
      @Schema(description = "ISO 3166, two letters", examples = "US") @Nullable String country) {
    @Override
    public String toString() {
      return "AddressRow[…]";
    }
  }

  /** Says nothing of the person. */
  @Override
  public String toString() {
    return "ProfileRow[…]";
  }
}
