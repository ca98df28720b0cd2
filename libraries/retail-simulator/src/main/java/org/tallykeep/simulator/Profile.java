package org.tallykeep.simulator;

import java.time.LocalDate;
import java.util.List;

/**
 * Who a household is, as its loyalty card says. Invented, and yet not printed: code that is tried
 * on simulated people is run on real ones later.
 */
public record Profile(
    String externalId,
    String given,
    String family,
    LocalDate birthDate,
    List<String> emails,
    List<String> phones,
    List<Address> addresses,
    String locale) {

  /** A postal address; its post code is in a range that was never given out. */
  public record Address(
      String street, String postalCode, String town, String region, String country) {
    @Override
    public String toString() {
      return "Address[…]";
    }
  }

  public Profile {
    emails = List.copyOf(emails);
    phones = List.copyOf(phones);
    addresses = List.copyOf(addresses);
  }

  @Override
  public String toString() {
    return "Profile[" + externalId + "]";
  }
}
