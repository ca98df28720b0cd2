package org.tallykeep.customer.profile;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.decoy.LookAlikes;

/**
 * Profiles of people who do not exist, put together from some who do: as many values of each kind
 * as one of them has, each from another, and none by which anybody is found or reached.
 */
@Singleton
final class DecoyProfiles {

  /** How far a birth date lies from the one it is made of. */
  private static final int DAYS = 400;

  private final SecureRandom random;
  private final LookAlikes lookAlikes;
  private final Attributes attributes;

  DecoyProfiles(SecureRandom random, Attributes attributes) {
    this.random = random;
    this.lookAlikes = new LookAlikes(random);
    this.attributes = attributes;
  }

  /** So many, from those around them. */
  List<Profile> of(Collection<Profile> around, int count) {
    List<Profile> shuffled = new ArrayList<>(around);
    List<Profile> decoys = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Collections.shuffle(shuffled, random);
      decoys.add(of(shuffled));
    }
    return decoys;
  }

  /** The first says what there is, each of the others gives something. */
  private Profile of(List<Profile> around) {
    Profile like = around.getFirst();
    Profile.Name name =
        new Profile.Name(
            like.name().given() == null ? null : from(around, 1, each -> each.name().given()),
            like.name().family() == null ? null : from(around, 2, each -> each.name().family()));
    return new Profile(
        like.externalIds().stream().map(lookAlikes::code).toList(),
        false,
        name,
        like.birthDate() == null ? null : birthDate(around),
        like.emails().stream().map(email -> email(email, like.name(), name)).toList(),
        like.phones().stream().map(lookAlikes::phone).flatMap(Optional::stream).toList(),
        like.addresses().stream().map(address -> address(address, around)).toList(),
        like.locale(),
        attributes(like, around),
        like.consents(),
        false);
  }

  /** What the first of them has after so many; the first of all has it. */
  private static <T> T from(List<Profile> around, int after, Function<Profile, @Nullable T> value) {
    for (int i = 0; i < around.size(); i++) {
      T found = value.apply(around.get((after + i) % around.size()));
      if (found != null) {
        return found;
      }
    }
    throw new IllegalStateException("nobody has it");
  }

  /** Near another's, and not later than anybody's. */
  private LocalDate birthDate(List<Profile> around) {
    LocalDate near = from(around, 3, Profile::birthDate).plusDays(random.nextInt(-DAYS, DAYS + 1));
    LocalDate youngest =
        around.stream()
            .map(Profile::birthDate)
            .filter(Objects::nonNull)
            .max(LocalDate::compareTo)
            .orElse(near);
    return near.isAfter(youngest) ? youngest : near;
  }

  /** Begins like one of the names if the other's does, since masks show both. */
  private String email(String like, Profile.Name theirs, Profile.Name name) {
    String first = initial(like);
    if (first.equals(initial(theirs.given()))) {
      return lookAlikes.email(like, ascii(initial(name.given())));
    }
    if (first.equals(initial(theirs.family()))) {
      return lookAlikes.email(like, ascii(initial(name.family())));
    }
    return lookAlikes.email(like, lookAlikes.letter());
  }

  private static String initial(@Nullable String text) {
    return text == null || text.isEmpty() ? "" : text.substring(0, 1).toLowerCase(Locale.ROOT);
  }

  private String ascii(String letter) {
    return letter.matches("[a-z]") ? letter : lookAlikes.letter();
  }

  /** Another's street with another number, in a third one's town, in the same country. */
  private Profile.Address address(Profile.Address like, List<Profile> around) {
    Profile.Address town = from(around, 4, each -> inCountry(each, like.country()));
    Profile.Address street = from(around, 5, each -> inCountry(each, like.country()));
    String line = street.street() == null ? like.street() : street.street();
    return new Profile.Address(
        like.street() == null || line == null ? null : lookAlikes.otherDigits(line),
        town.postalCode(),
        town.town(),
        town.region(),
        like.country());
  }

  private static Profile.@Nullable Address inCountry(Profile profile, @Nullable String country) {
    return profile.addresses().stream()
        .filter(address -> Objects.equals(address.country(), country))
        .findFirst()
        .orElse(null);
  }

  private AttributeValues attributes(Profile like, List<Profile> around) {
    Map<Protection, SortedMap<String, String>> values = new EnumMap<>(Protection.class);
    for (Protection protection : Protection.values()) {
      SortedMap<String, String> some = new TreeMap<>();
      like.attributes()
          .of(protection)
          .keySet()
          .forEach(name -> some.put(name, attribute(name, protection, around)));
      values.put(protection, some);
    }
    return new AttributeValues(values);
  }

  /** Another's, but nothing by which that one, too, would be found. */
  private String attribute(String name, Protection protection, List<Profile> around) {
    String value =
        from(around, 1 + random.nextInt(6), each -> each.attributes().of(protection).get(name));
    Optional<Attribute> attribute = attributes.find(name).filter(Attribute::searchable);
    return attribute.isEmpty() ? value : other(attribute.get().type(), value);
  }

  private String other(AttributeType type, String value) {
    return switch (type) {
      case TEXT -> lookAlikes.code(value);
      case NUMBER -> lookAlikes.number();
      case DATE -> LocalDate.parse(value).plusDays(random.nextInt(-DAYS, DAYS + 1)).toString();
      case BOOLEAN, CHOICE -> value;
    };
  }
}
