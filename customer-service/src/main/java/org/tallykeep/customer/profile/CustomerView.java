package org.tallykeep.customer.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A customer as shown: masked, but for what was revealed. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Customer", description = "A customer, masked but for what was revealed.")
public record CustomerView(
    UUID id,
    @Nullable String externalId,
    @Nullable NameView name,
    @Nullable Integer birthYear,
    @Nullable LocalDate birthDate,
    List<String> emails,
    List<String> phones,
    List<AddressView> addresses,
    @Nullable String locale,
    @Schema(description = "What is shown in the clear", examples = "[\"identity\"]")
        List<String> revealed) {

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

  static CustomerView masked(UUID id, Mask mask) {
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
        List.of());
  }

  CustomerView with(ProfileCodec.Identity identity) {
    Long day = identity.birthDay();
    return new CustomerView(
        id,
        identity.externalId(),
        new NameView(identity.given(), identity.family()),
        birthYear,
        day == null ? null : LocalDate.ofEpochDay(day),
        emails,
        phones,
        addresses,
        identity.locale(),
        plus("identity"));
  }

  CustomerView with(ProfileCodec.Contact contact) {
    return new CustomerView(
        id,
        externalId,
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
        plus("contact"));
  }

  private List<String> plus(String purpose) {
    return java.util.stream.Stream.concat(revealed.stream(), java.util.stream.Stream.of(purpose))
        .toList();
  }

  /** Says nothing of the person. */
  @Override
  public String toString() {
    return "CustomerView[…]";
  }
}
