package org.tallykeep.customer.profile;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What everyone with a role may see of a customer: initials, the year of birth, the first letter of
 * an e-mail's name, the last two digits of a phone number, town and country, and the attributes
 * that are declared open.
 */
record Mask(
    @Nullable String given,
    @Nullable String family,
    @Nullable Integer birthYear,
    List<String> emails,
    List<String> phones,
    List<Place> places,
    @Nullable String locale,
    SortedMap<String, String> attributes) {

  private static final String HIDDEN = "•••";
  private static final int SHOWN_DIGITS = 2;

  /** Where somebody lives, roughly. */
  record Place(@Nullable String town, @Nullable String country) {
    @Override
    public String toString() {
      return "Place[…]";
    }
  }

  static Mask of(Profile profile) {
    return new Mask(
        initial(profile.name().given()),
        initial(profile.name().family()),
        Optional.ofNullable(profile.birthDate()).map(date -> date.getYear()).orElse(null),
        profile.emails().stream().map(Mask::email).toList(),
        profile.phones().stream().map(Mask::phone).toList(),
        profile.addresses().stream().map(a -> new Place(a.town(), a.country())).toList(),
        profile.locale(),
        profile.attributes().of(Protection.OPEN));
  }

  private static @Nullable String initial(@Nullable String name) {
    return name == null ? null : first(name) + HIDDEN;
  }

  private static String email(String email) {
    return first(email) + HIDDEN + email.substring(email.lastIndexOf('@'));
  }

  private static String phone(String phone) {
    return HIDDEN + phone.substring(Math.max(0, phone.length() - SHOWN_DIGITS));
  }

  private static String first(String text) {
    return text.substring(0, text.offsetByCodePoints(0, 1));
  }

  /** Says nothing of the person. */
  @Override
  public String toString() {
    return "Mask[…]";
  }
}
