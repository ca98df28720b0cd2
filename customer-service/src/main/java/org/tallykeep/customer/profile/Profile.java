package org.tallykeep.customer.profile;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A customer's profile, checked and in the spelling that is kept.
 *
 * @param externalId the retailer's own number; the same number is the same customer
 * @param phones in E.164
 * @param locale a BCP 47 tag
 */
record Profile(
    @Nullable String externalId,
    Name name,
    @Nullable LocalDate birthDate,
    List<String> emails,
    List<String> phones,
    List<Address> addresses,
    @Nullable String locale) {

  Profile {
    emails = List.copyOf(emails);
    phones = List.copyOf(phones);
    addresses = List.copyOf(addresses);
  }

  /** What a person is called; one of the two may be missing. */
  record Name(@Nullable String given, @Nullable String family) {
    @Override
    public String toString() {
      return "Name[…]";
    }
  }

  /** A postal address; the country is an ISO 3166 code of two letters. */
  record Address(
      @Nullable String street,
      @Nullable String postalCode,
      @Nullable String town,
      @Nullable String region,
      @Nullable String country) {
    @Override
    public String toString() {
      return "Address[…]";
    }
  }

  /** Says nothing of the person. */
  @Override
  public String toString() {
    return "Profile[…]";
  }
}
