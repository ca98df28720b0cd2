package org.tallykeep.customer.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallykeep.customer.imports.JsonRows;
import org.tallykeep.customer.imports.RowRefusedException;
import org.tallykeep.customer.platform.RetailerConfig;

class ProfileChecksTest {

  private final ProfileChecks checks =
      new ProfileChecks(
          new Retailer(ZoneOffset.UTC, "USD", "US"),
          Clock.fixed(Instant.parse("2026-05-01T10:00:00Z"), ZoneOffset.UTC));

  @Test
  void aProfileIsKeptInOneSpelling() {
    Profile profile =
        check(
            """
            {"externalId":" h-17 ","name":{"given":"Ada","family":" Stone "},
             "birthDate":"1980-02-03","emails":["Ada@Example.org","ada@example.ORG"],
             "phones":["(202) 555-0143","+12025550143","+44 20 7946 0018"],
             "addresses":[{"street":"1 Elm St","postalCode":"20001","town":"Springfield",
                           "region":"IL","country":"us"}],
             "locale":"en-us"}
            """);

    assertThat(profile.externalId()).isEqualTo("h-17");
    assertThat(profile.name()).isEqualTo(new Profile.Name("Ada", "Stone"));
    assertThat(profile.emails()).containsExactly("Ada@Example.org");
    assertThat(profile.phones()).containsExactly("+12025550143", "+442079460018");
    assertThat(profile.addresses().getFirst().country()).isEqualTo("US");
    assertThat(profile.locale()).isEqualTo("en-US");
  }

  /** Marks that are composed take time that grows with the square of their number. */
  @Test
  @Timeout(20)
  void aTextThatIsMuchTooLongIsRefusedBeforeItIsComposed() {
    String marks = "\u0301".repeat(1_000_000) + "\u0316".repeat(1_000_000);
    assertThatThrownBy(() -> Texts.line(marks, "name.given", 200))
        .isInstanceOf(RowRefusedException.class);
    assertThatThrownBy(() -> new CustomerSearch.Request(marks, null, null).check("US"))
        .isInstanceOf(RowRefusedException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                                             | missing             | name",
        "{'name':{'given':' '}}                                         | missing             | name",
        "{'name':{'given':'Ada\\u0007'}}                                | control-character   | name.given",
        "{'name':{'given':'4111 1111 1111 1111'}}                       | card-number         | name.given",
        "{'name':{'given':'A'},'birthDate':'1899-12-31'}                | date-out-of-range   | birthDate",
        "{'name':{'given':'A'},'birthDate':'2100-01-01'}                | date-out-of-range   | birthDate",
        "{'name':{'given':'A'},'birthDate':'03/02/1980'}                | invalid-date        | birthDate",
        "{'name':{'given':'A'},'emails':['a@example.org','nowhere']}    | invalid-email       | emails[1]",
        "{'name':{'given':'A'},'emails':['a b@example.org']}            | invalid-email       | emails[0]",
        "{'name':{'given':'A'},'emails':['a@localhost']}                | invalid-email       | emails[0]",
        "{'name':{'given':'A'},'emails':[null]}                         | invalid-email       | emails[0]",
        "{'name':{'given':'A'},'phones':['12']}                         | invalid-phone       | phones[0]",
        "{'name':{'given':'A'},'phones':['call me']}                    | invalid-phone       | phones[0]",
        "{'name':{'given':'A'},'addresses':[{'country':'US'}]}          | missing             | addresses[0]",
        "{'name':{'given':'A'},'addresses':[{'town':'B','country':'XX'}]} | invalid-country   | addresses[0].country",
        "{'name':{'given':'A'},'addresses':[{'street':'4111-1111-1111-1111'}]} | card-number  | addresses[0].street",
        "{'name':{'given':'A'},'locale':'no such locale'}               | invalid-locale      | locale",
        "{'name':{'given':'A'},'nick':'B'}                              | unknown-field       | nick",
        "{'name':{'given':7}}                                           | wrong-type          | name.given"
      })
  void aRefusalNamesTheFieldAtFault(String json, String code, String field) {
    RowRefusedException refused =
        catchThrowableOfType(RowRefusedException.class, () -> check(json.replace('\'', '"')));

    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.field()).isEqualTo(field);
  }

  @Test
  void masksShowInitialsYearTownAndNoMore() {
    Mask mask =
        Mask.of(
            check(
                """
                {"name":{"given":"Ada","family":"Stone"},"birthDate":"1980-02-03",
                 "emails":["ada@example.org"],"phones":["+12025550143"],
                 "addresses":[{"street":"1 Elm St","town":"Springfield","country":"US"}]}
                """));

    assertThat(mask.given()).isEqualTo("A•••");
    assertThat(mask.family()).isEqualTo("S•••");
    assertThat(mask.birthYear()).isEqualTo(1980);
    assertThat(mask.emails()).containsExactly("a•••@example.org");
    assertThat(mask.phones()).containsExactly("•••43");
    assertThat(mask.places()).containsExactly(new Mask.Place("Springfield", "US"));
    assertThat(mask.toString()).doesNotContain("Springfield");
  }

  @Test
  void sealedValuesComeBackAsTheyWere() {
    Profile profile =
        check(
            """
            {"externalId":"x","name":{"family":"Stone"},"birthDate":"1980-02-03",
             "emails":["ada@example.org"],"addresses":[{"town":"Springfield"}]}
            """);

    assertThat(ProfileCodec.identity(ProfileCodec.identity(profile)))
        .isEqualTo(new ProfileCodec.Identity(1, "x", null, "Stone", 3685L, null));
    assertThat(ProfileCodec.contact(ProfileCodec.contact(profile)).emails())
        .containsExactly("ada@example.org");
    assertThat(ProfileCodec.mask(ProfileCodec.mask(Mask.of(profile)))).isEqualTo(Mask.of(profile));
  }

  private Profile check(String json) {
    return checks.check(JsonRows.of(ProfileRow.class).read(json.getBytes(StandardCharsets.UTF_8)));
  }

  private record Retailer(ZoneId zone, String currency, String country) implements RetailerConfig {}
}
