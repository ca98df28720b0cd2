package org.tallykeep.simulator;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.tallykeep.simulator.Profile.Address;
import org.tallykeep.simulator.RandomStreams.Aspect;

/**
 * Invented people. Nothing of them can reach anyone: e-mail ends in the reserved example domains
 * (RFC 2606), telephone numbers are from the range kept for fiction, and post codes below 005 were
 * never given out.
 */
final class People {

  private static final List<String> DOMAINS = List.of("example.org", "example.com", "example.net");
  private static final List<String> STREETS =
      List.of("Street", "Avenue", "Lane", "Road", "Court", "Terrace", "Hill", "Way");
  private static final List<String> TOWNS = List.of("", "", "", "ton", "ford", "field", "mouth");
  private static final List<String> REGIONS =
      List.of("CA", "CO", "GA", "IL", "MA", "MI", "NC", "NY", "OH", "OR", "PA", "TX", "VA", "WA");

  /** Some names carry an accent, so that nobody takes a letter for a byte. */
  private static final String[][] ACCENTS = {{"a", "á"}, {"e", "é"}, {"i", "í"}, {"o", "ö"}};

  private static final double ACCENTED = 0.06;

  private final RandomStreams streams;
  private final LocalDate today;

  People(RandomStreams streams, LocalDate start) {
    this.streams = streams;
    this.today = start;
  }

  static String externalId(int household) {
    return "h-" + household;
  }

  Profile profile(int household) {
    RandomGenerator random = streams.of(Aspect.PROFILE, household, 0);
    String given = accented(random, Syllables.word(random, random.nextDouble() < 0.3 ? 1 : 2));
    String family = accented(random, Syllables.word(random, random.nextDouble() < 0.6 ? 2 : 3));
    LocalDate birthDate = today.minusDays((long) ((18 + 70 * random.nextDouble()) * 365.25));
    List<Address> addresses = new ArrayList<>();
    addresses.add(address(random));
    if (random.nextDouble() < 0.05) {
      addresses.add(address(random));
    }
    return new Profile(
        externalId(household),
        given,
        family,
        birthDate,
        emails(random, household, given, family),
        phones(random, household),
        addresses,
        random.nextDouble() < 0.9 ? "en-US" : "es-US");
  }

  private static List<String> emails(
      RandomGenerator random, int household, String given, String family) {
    List<String> emails = new ArrayList<>();
    String local = ascii(given) + "." + ascii(family);
    // The number of the household makes an address nobody else has.
    if (random.nextDouble() < 0.92) {
      emails.add(local + "." + household + "@" + Draws.oneOf(random, DOMAINS));
    }
    if (random.nextDouble() < 0.12) {
      emails.add(ascii(family) + "." + household + "@" + Draws.oneOf(random, DOMAINS));
    }
    return emails;
  }

  private static List<String> phones(RandomGenerator random, int household) {
    return random.nextDouble() < 0.7 ? List.of(FictionalPhones.number(household)) : List.of();
  }

  private static Address address(RandomGenerator random) {
    int house = 1 + (int) (random.nextDouble() * 980);
    String street = house + " " + Syllables.word(random, 2) + " " + Draws.oneOf(random, STREETS);
    String town = Syllables.word(random, 2) + Draws.oneOf(random, TOWNS);
    String region = Draws.oneOf(random, REGIONS);
    String postalCode = String.format(Locale.ROOT, "%05d", 1 + (int) (random.nextDouble() * 499));
    return new Address(street, postalCode, town, region, "US");
  }

  private static String accented(RandomGenerator random, String name) {
    if (random.nextDouble() >= ACCENTED) {
      return name;
    }
    String[] accent = ACCENTS[(int) (random.nextDouble() * ACCENTS.length)];
    return name.replace(accent[0], accent[1]);
  }

  private static String ascii(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .toLowerCase(Locale.ROOT);
  }
}
