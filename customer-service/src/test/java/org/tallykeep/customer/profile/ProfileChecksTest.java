package org.tallykeep.customer.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallykeep.customer.imports.JsonRows;
import org.tallykeep.customer.imports.RowRefusedException;
import org.tallykeep.customer.platform.LocalKeys;
import org.tallykeep.customer.platform.TestDatabase;

class ProfileChecksTest {

  private static final TestDatabase DATABASE = TestDatabase.fresh();

  private final ProfilesFixture profiles =
      new ProfilesFixture(DATABASE.transactions(), new LocalKeys());
  private final ProfileChecks checks = profiles.checks;

  @BeforeEach
  void declare() {
    profiles.declare("checksNote", AttributeType.TEXT, Protection.IDENTITY, false);
    profiles.declare("checksScore", AttributeType.NUMBER, Protection.CONTACT, false);
    profiles.declare("checksSince", AttributeType.DATE, Protection.OPEN, false);
    profiles.declare("checksVegan", AttributeType.BOOLEAN, Protection.OPEN, false);
    profiles.attributes.declare(
        new Attribute(
            "checksPlan",
            AttributeType.CHOICE,
            Protection.OPEN,
            false,
            true,
            List.of("basic", "plus")));
  }

  @Test
  void attributesAreKeptAsOneTextEachAndShownAsTheyCame() {
    Profile profile =
        check(
            """
            {"name":{"given":"Ada"},"attributes":{"checksNote":" kind ","checksScore":1.50e2,
             "checksSince":"2020-02-29","checksVegan":false,"checksPlan":"plus"}}
            """);

    assertThat(profile.attributes().of(Protection.IDENTITY))
        .containsExactly(Map.entry("checksNote", "kind"));
    assertThat(profile.attributes().of(Protection.CONTACT))
        .containsExactly(Map.entry("checksScore", "150"));
    assertThat(profiles.attributes.shown(profile.attributes().of(Protection.OPEN)))
        .containsExactly(
            Map.entry("checksPlan", "plus"),
            Map.entry("checksSince", "2020-02-29"),
            Map.entry("checksVegan", false));
    assertThat(profiles.attributes.shown("checksScore", "150")).isEqualTo(new BigDecimal("150"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e99999999999", "1e-99999999999", "1e2147483647", "-1e-2147483648"})
  void anAbsurdExponentIsRefused(String number) {
    RowRefusedException refused =
        catchThrowableOfType(
            RowRefusedException.class,
            () ->
                check(
                    "{\"name\":{\"given\":\"Ada\"},\"attributes\":{\"checksScore\":"
                        + number
                        + "}}"));

    assertThat(refused.code()).isEqualTo("too-long");
  }

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

    assertThat(profile.externalIds()).containsExactly("h-17");
    assertThat(profile.otherIdsStay()).isTrue();
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
    assertThatThrownBy(() -> checks.check(new CustomerSearch.Request(marks, null, null, null)))
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
        "{'name':{'given':'A'},'externalId':'a','externalIds':['b']}      | one-of-both       | externalIds",
        "{'name':{'given':'A'},'externalIds':['b',' ']}                   | missing           | externalIds[1]",
        "{'name':{'given':'A'},'externalIds':['1','2','3','4','5','6','7','8','9']} | too-many | externalIds",
        "{'name':{'given':'A'},'attributes':{'shoeSize':7}}               | unknown-attribute | attributes.shoeSize",
        "{'name':{'given':'A'},'attributes':{'a very secret name':7}}     | unknown-attribute | attributes",
        "{'name':{'given':'A'},'attributes':{'checksNote':7}}             | wrong-attribute-type | attributes.checksNote",
        "{'name':{'given':'A'},'attributes':{'checksNote':['a']}}         | wrong-type        | attributes.checksNote",
        "{'name':{'given':'A'},'attributes':{'checksNote':'4111 1111 1111 1111'}} | card-number | attributes.checksNote",
        "{'name':{'given':'A'},'attributes':{'checksScore':'7'}}          | wrong-attribute-type | attributes.checksScore",
        "{'name':{'given':'A'},'attributes':{'checksScore':1e999999999}}  | too-long          | attributes.checksScore",
        "{'name':{'given':'A'},'attributes':{'checksSince':'yesterday'}}  | invalid-date      | attributes.checksSince",
        "{'name':{'given':'A'},'attributes':{'checksPlan':'gold'}}        | not-a-choice      | attributes.checksPlan",
        "{'name':{'given':'A'},'attributes':{'checksVegan':'yes'}}        | wrong-attribute-type | attributes.checksVegan",
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
            {"externalIds":["x","y","x"],"name":{"family":"Stone"},"birthDate":"1980-02-03",
             "emails":["ada@example.org"],"addresses":[{"town":"Springfield"}],
             "attributes":{"checksNote":"kind","checksVegan":true}}
            """);

    assertThat(ProfileCodec.identity(ProfileCodec.identity(profile)))
        .isEqualTo(
            new ProfileCodec.Identity(
                2,
                "x",
                null,
                "Stone",
                3685L,
                null,
                List.of("y"),
                new TreeMap<>(Map.of("checksNote", "kind"))));
    assertThat(ProfileCodec.contact(ProfileCodec.contact(profile)).emails())
        .containsExactly("ada@example.org");
    assertThat(MaskCodec.read(MaskCodec.write(Mask.of(profile)))).isEqualTo(Mask.of(profile));
  }

  private Profile check(String json) {
    return checks.check(JsonRows.of(ProfileRow.class).read(json.getBytes(StandardCharsets.UTF_8)));
  }
}
