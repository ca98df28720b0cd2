package org.tallykeep.customer.profile;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.consent.ReceivedConsents;

/**
 * A customer's profile, checked and in the spelling that is kept.
 *
 * @param externalIds the retailer's own numbers; the same number is the same customer
 * @param otherIdsStay whether a customer known by one of them keeps the others that they have
 * @param phones in E.164
 * @param locale a BCP 47 tag
 * @param consents that came with it
 * @param reinstate whether somebody who was erased comes back; nothing that is kept of a customer
 */
record Profile(
    List<String> externalIds,
    boolean otherIdsStay,
    Name name,
    @Nullable LocalDate birthDate,
    List<String> emails,
    List<String> phones,
    List<Address> addresses,
    @Nullable String locale,
    AttributeValues attributes,
    ReceivedConsents consents,
    boolean reinstate) {

  Profile {
    externalIds = List.copyOf(externalIds);
    emails = List.copyOf(emails);
    phones = List.copyOf(phones);
    addresses = List.copyOf(addresses);
  }

  /** Of somebody who comes for the first time, or is there, without consents. */
  Profile(
      List<String> externalIds,
      boolean otherIdsStay,
      Name name,
      @Nullable LocalDate birthDate,
      List<String> emails,
      List<String> phones,
      List<Address> addresses,
      @Nullable String locale,
      AttributeValues attributes) {
    this(
        externalIds,
        otherIdsStay,
        name,
        birthDate,
        emails,
        phones,
        addresses,
        locale,
        attributes,
        ReceivedConsents.NONE,
        false);
  }

  /** This profile as it replaces that one. */
  Profile after(Profile before) {
    LinkedHashSet<String> ids = new LinkedHashSet<>(otherIdsStay ? before.externalIds : List.of());
    ids.addAll(externalIds);
    return new Profile(
        List.copyOf(ids), false, name, birthDate, emails, phones, addresses, locale, attributes);
  }

  /** With these external ids and no others, however they were sent. */
  Profile withAllIds() {
    return new Profile(
        externalIds, false, name, birthDate, emails, phones, addresses, locale, attributes);
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
