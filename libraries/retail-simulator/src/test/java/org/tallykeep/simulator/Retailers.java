package org.tallykeep.simulator;

import java.time.LocalDate;
import java.util.stream.Stream;

/** Small retailers for tests. */
final class Retailers {

  /** A Monday. */
  static final LocalDate START = LocalDate.of(2023, 1, 2);

  private Retailers() {}

  static Retailer sample(long seed, int households) {
    return Retailer.of(RetailerParameters.sample(seed, households, START, 730));
  }

  static Stream<Purchase> purchases(Retailer retailer) {
    return retailer.households().flatMap(h -> h.purchases().stream());
  }

  /** Everything about a household in one line, personal values spelled out. */
  static String text(Household household) {
    Profile p = household.profile();
    StringBuilder text = new StringBuilder();
    text.append(String.join("|", p.externalId(), p.given(), p.family(), p.locale()));
    text.append(p.birthDate()).append(p.emails()).append(p.phones());
    for (Profile.Address a : p.addresses()) {
      text.append(String.join("|", a.street(), a.postalCode(), a.town(), a.region(), a.country()));
    }
    return text.append(household.purchases()).append(household.returns()).append('\n').toString();
  }
}
