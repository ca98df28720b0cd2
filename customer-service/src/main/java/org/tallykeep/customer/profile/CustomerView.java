package org.tallykeep.customer.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A customer as shown: masked, but for what was revealed. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Customer", description = "A customer, masked but for what was revealed.")
public record CustomerView(
    UUID id,
    @Schema(description = "The retailer's own numbers") @Nullable List<String> externalIds,
    @Nullable NameView name,
    @Nullable Integer birthYear,
    @Nullable LocalDate birthDate,
    List<String> emails,
    List<String> phones,
    List<AddressView> addresses,
    @Nullable String locale,
    @Schema(description = "Declared attributes, as far as they are shown")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        SortedMap<String, Object> attributes,
    @Schema(description = "What is shown in the clear", examples = "[\"identity\"]")
        List<String> revealed,
    @Schema(description = "True while the person's data may be stored and nothing else")
        @Nullable Boolean restricted) {

  /** What a person is called. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record NameView(@Nullable String given, @Nullable String family) {
    @Override
    public String toString() {
      return "NameView[…]";
    }
  }

  /** Where a person lives; town and country only, unless revealed. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record AddressView(
      @Nullable String street,
      @Nullable String postalCode,
      @Nullable String town,
      @Nullable String region,
      @Nullable String country) {
    @Override
    public String toString() {
      return "AddressView[…]";
    }
  }

  static CustomerView masked(UUID id, Mask mask, Attributes attributes) {
    return new CustomerView(
        id,
        null,
        new NameView(mask.given(), mask.family()),
        mask.birthYear(),
        null,
        mask.emails(),
        mask.phones(),
        mask.places().stream()
            .map(place -> new AddressView(null, null, place.town(), null, place.country()))
            .toList(),
        mask.locale(),
        attributes.shown(mask.attributes()),
        List.of(),
        null);
  }

  CustomerView with(ProfileCodec.Identity identity, Attributes shown) {
    Long day = identity.birthDay();
    return new CustomerView(
        id,
        identity.externalIds(),
        new NameView(identity.given(), identity.family()),
        birthYear,
        day == null ? null : LocalDate.ofEpochDay(day),
        emails,
        phones,
        addresses,
        identity.locale(),
        plus(shown.shown(identity.attributes())),
        plus("identity"),
        restricted);
  }

  CustomerView with(ProfileCodec.Contact contact, Attributes shown) {
    return new CustomerView(
        id,
        externalIds,
        name,
        birthYear,
        birthDate,
        contact.emails(),
        contact.phones(),
        contact.addresses().stream()
            .map(
                line ->
                    new AddressView(
                        line.street(),
                        line.postalCode(),
                        line.town(),
                        line.region(),
                        line.country()))
            .toList(),
        locale,
        plus(shown.shown(contact.attributes())),
        plus("contact"),
        restricted);
  }

  /** The same, of somebody whose data may be stored and nothing else. */
  public CustomerView asRestricted() {
    return new CustomerView(
        id,
        externalIds,
        name,
        birthYear,
        birthDate,
        emails,
        phones,
        addresses,
        locale,
        attributes,
        revealed,
        true);
  }

  private List<String> plus(String purpose) {
    return java.util.stream.Stream.concat(revealed.stream(), java.util.stream.Stream.of(purpose))
        .toList();
  }

  private SortedMap<String, Object> plus(SortedMap<String, Object> more) {
    SortedMap<String, Object> all = new TreeMap<>(attributes);
    all.putAll(more);
    return all;
  }

  /** Says nothing of the person. */
  @Override
  public String toString() {
    return "CustomerView[…]";
  }
}
