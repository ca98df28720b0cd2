package org.tallykeep.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PeopleTest {

  private static final List<Profile> PROFILES = Retailers.sample(13, 5_000).profiles().toList();
  private static final Pattern LONG_DIGITS = Pattern.compile("\\d(?:[ .-]?\\d){11,}");

  @Test
  void nothingOfThemReachesAnyone() {
    assertThat(PROFILES.stream().flatMap(p -> p.emails().stream()))
        .allMatch(e -> e.matches("[a-z]+\\.([a-z]+\\.)?\\d+@example\\.(org|com|net)"));
    assertThat(PROFILES.stream().flatMap(p -> p.phones().stream()))
        .allMatch(n -> n.matches("\\+1[2-9]\\d\\d55501\\d\\d"));
    assertThat(PROFILES.stream().flatMap(p -> p.addresses().stream()))
        .allMatch(a -> a.postalCode().matches("00[0-4]\\d\\d"));
  }

  @Test
  void phoneNumbersAreOwnAlsoBeyondThoseKeptForFiction() {
    assertThat(IntStream.range(0, 100_000).mapToObj(FictionalPhones::number))
        .allMatch(n -> n.matches("\\+1([2-9]\\d\\d55501\\d\\d|[2-9]9\\d[2-9]\\d{6})"))
        .doesNotHaveDuplicates();
    assertThat(FictionalPhones.number(RetailerParameters.MAX_HOUSEHOLDS - 1)).hasSize(12);
  }

  @Test
  void emailsAreOwnAndSomeHouseholdsHaveNone() {
    assertThat(PROFILES.stream().flatMap(p -> p.emails().stream())).doesNotHaveDuplicates();
    assertThat(PROFILES).anyMatch(p -> p.emails().isEmpty()).anyMatch(p -> p.emails().size() == 2);
    assertThat(PROFILES).anyMatch(p -> p.phones().isEmpty());
  }

  @Test
  void namesVaryAndSomeCarryAnAccent() {
    assertThat(PROFILES.stream().map(Profile::family).distinct().count()).isGreaterThan(3_000);
    assertThat(PROFILES).anyMatch(p -> p.given().chars().anyMatch(c -> c > 127));
    assertThat(PROFILES)
        .allMatch(
            p -> Character.isUpperCase(p.given().codePointAt(0)) || p.given().charAt(0) > 127);
  }

  @Test
  void everyoneIsOfAgeOnTheFirstDay() {
    assertThat(PROFILES)
        .allMatch(p -> !p.birthDate().isAfter(Retailers.START.minusYears(18).plusDays(1)))
        .allMatch(p -> p.birthDate().isAfter(Retailers.START.minusYears(90)));
  }

  @Test
  void noTextHoldsACardNumber() {
    List<String> texts = new ArrayList<>();
    Retailers.sample(13, 2_000).households().map(Retailers::text).forEach(texts::add);
    Retailers.sample(13, 1).products().forEach(p -> texts.add(p.code() + " " + p.name()));

    for (String text : texts) {
      Matcher matcher = LONG_DIGITS.matcher(text);
      while (matcher.find()) {
        String digits = matcher.group().replaceAll("\\D", "");
        assertThat(digits.length() >= 13 && luhn(digits)).as("digits in a text").isFalse();
      }
    }
  }

  @Test
  void aPrintedProfileShowsNoPersonalValue() {
    Profile profile = PROFILES.getFirst();

    assertThat(profile.toString() + profile.addresses())
        .doesNotContain(profile.given(), profile.family(), profile.addresses().getFirst().town());
  }

  private static boolean luhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int doubled = i % 2 == 1 ? digit * 2 : digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return sum % 10 == 0;
  }
}
