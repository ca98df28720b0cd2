package org.tallykeep.customer.decoy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LookAlikesTest {

  private final LookAlikes lookAlikes = new LookAlikes(new Random(42));

  @ParameterizedTest
  @CsvSource({
    "+12025550143, +1",
    "+4930123456, +49",
    "+447700900123, +44",
    "+33612345678, +33",
    "+61491570156, +61",
    "+390612345678, +39",
    "+81312345678, +81"
  })
  void phonesAreOfTheCountryAndLengthAndRingNobody(String like, String country)
      throws NumberParseException {
    for (int i = 0; i < 200; i++) {
      String phone = lookAlikes.phone(like).orElseThrow();

      assertThat(phone).startsWith(country).hasSameSizeAs(like).matches("\\+[0-9]+");
      PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
      assertThat(phones.isValidNumber(phones.parse(phone, null))).as(phone).isFalse();
    }
  }

  @Test
  void whatIsNoPhoneNumberGivesNone() {
    assertThat(lookAlikes.phone("extension 12")).isEmpty();
  }

  @Test
  void emailsShowTheSameInAMaskAndNobodyComesUponThem() {
    Set<String> drawn = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      drawn.add(lookAlikes.email("ada.stone@mail.example.org", "a"));
    }

    assertThat(drawn)
        .hasSize(10_000)
        .allMatch(email -> email.matches("a[a-z0-9]{11}@mail\\.example\\.org"));
    assertThat(lookAlikes.email("a.rather.long.name@example.org", "x"))
        .hasSameSizeAs("a.rather.long.name@example.org");
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "00012345", "C-000123", "A1B2C3D4E5F6G7H8"})
  void codesAreNoneThatAreGivenInTurn(String like) {
    Set<String> drawn = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      drawn.add(lookAlikes.code(like));
    }

    assertThat(drawn)
        .hasSize(10_000)
        .allMatch(code -> code.matches("[a-z][a-z0-9]+[a-z]"))
        .allMatch(code -> code.length() == Math.max(12, like.length()));
  }

  @Test
  void anotherHouseOfTheSameStreet() {
    for (int i = 0; i < 100; i++) {
      assertThat(lookAlikes.otherDigits("105 Elm St, Apt 7"))
          .matches("[1-9]\\d\\d Elm St, Apt [1-9]");
    }
  }
}
