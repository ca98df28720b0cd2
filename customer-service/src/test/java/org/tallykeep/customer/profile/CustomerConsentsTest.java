package org.tallykeep.customer.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallykeep.aggregates.Traits;
import org.tallykeep.customer.imports.CsvRecord;
import org.tallykeep.customer.imports.JsonRows;
import org.tallykeep.customer.platform.LocalKeys;
import org.tallykeep.customer.platform.TestDatabase;

/** Consents that come with profiles, and what is known of customers in the end. */
class CustomerConsentsTest {

  private final TestDatabase database = TestDatabase.fresh();
  private final LocalKeys keys = new LocalKeys();
  private final ProfilesFixture profiles = new ProfilesFixture(database.transactions(), keys);

  @BeforeEach
  void declare() {
    profiles.attributes.declare(
        new Attribute("tier", AttributeType.TEXT, Protection.OPEN, false, true, List.of()));
    profiles.declare("vegan", AttributeType.BOOLEAN, Protection.OPEN, false);
    profiles.declare("memberNo", AttributeType.TEXT, Protection.IDENTITY, false);
  }

  @Test
  void aNewCustomerBringsTheirConsentsAlong() {
    UUID customer = created(write("{%s,\"consents\":[%s]}".formatted(NAMED, REFUSED)));

    assertThat(profiles.consents.current(customer))
        .containsExactly(Map.entry("profiling", "refused"));
    assertThat(profiles.consents.consents.refusingProfiling(List.of(customer)))
        .containsExactly(customer);
    assertThat(waiting()).isOne();
    assertThat(
            database.number(
                "SELECT count(*) FROM customer JOIN customer_consent ON id = customer_id"
                    + " WHERE customer.xmin = customer_consent.xmin"))
        .as("there from the first moment")
        .isOne();
  }

  @Test
  void aKnownCustomersConsentsAreAddedToTheirs() {
    UUID customer = created(write("{%s,\"consents\":[%s]}".formatted(NAMED, REFUSED)));
    String later = GRANTED_LATER + "," + REFUSED;

    assertThat(write("{%s,\"consents\":[%s]}".formatted(NAMED, later)))
        .isEqualTo(new Outcome.Updated(customer));
    assertThat(write("{%s,\"consents\":[%s]}".formatted(NAMED, later)))
        .isEqualTo(new Outcome.Unchanged(customer));
    assertThat(write("{%s}".formatted(NAMED))).isEqualTo(new Outcome.Unchanged(customer));

    assertThat(profiles.consents.current(customer)).containsEntry("profiling", "granted");
    assertThat(database.number("SELECT revision FROM customer_consent")).isEqualTo(2);
    assertThat(database.number("SELECT count(*) FROM customer_change")).isZero();
  }

  @Test
  void aRowWithOneConsentTooManyChangesNothingOfItsCustomer() {
    UUID customer = created(write("{%s}".formatted(NAMED)));
    for (int i = 0; i < 20; i++) {
      StringBuilder some = new StringBuilder();
      for (int j = 0; j < 10; j++) {
        some.append(j == 0 ? "" : ",")
            .append(REFUSED.replace("11:00", "%02d:%02d".formatted(j, i)));
      }
      write("{%s,\"consents\":[%s]}".formatted(NAMED, some));
    }

    Outcome outcome =
        write(
            "{\"externalId\":\"c-1\",\"name\":{\"given\":\"Eva\"},\"consents\":[%s]}"
                .formatted(GRANTED_LATER));

    assertThat(outcome).isEqualTo(Outcome.TOO_MANY_CONSENTS);
    assertThat(outcome.answer().toString()).contains("consents");
    assertThat(profiles.reader.find(customer).orElseThrow().revision()).isEqualTo(1);
  }

  @Test
  void historiesAreToldOfSegmentsAndRefusalsAndOfNothingElse() {
    UUID refusing =
        created(
            write(
                ("{%s,\"attributes\":{\"tier\":\"gold\",\"vegan\":true,\"memberNo\":\"M 1\"},"
                        + "\"consents\":[%s]}")
                    .formatted(NAMED, REFUSED)));
    UUID plain = created(write("{\"name\":{\"given\":\"Eva\"}}"));

    assertThat(profiles.traits().describe(List.of(refusing, plain, UUID.randomUUID())))
        .isEqualTo(
            Map.of(refusing, new Traits(false, true, Map.of("tier", "gold")), plain, Traits.NONE));
    assertThat(waiting()).as("of whom there is something to say").isOne();
  }

  @Test
  void aChangeOfAnOpenAttributeHasTheCustomerWaitAndAnotherDoesNot() throws Exception {
    UUID customer = created(write("{%s,\"attributes\":{\"tier\":\"gold\"}}".formatted(NAMED)));
    database.execute("DELETE FROM customer_to_describe");

    write("{%s,\"attributes\":{\"tier\":\"gold\",\"memberNo\":\"M 2\"}}".formatted(NAMED));
    assertThat(waiting()).isZero();
    write("{%s,\"attributes\":{\"tier\":\"silver\"}}".formatted(NAMED));

    assertThat(waiting()).isOne();
    assertThat(profiles.traits().describe(List.of(customer)).get(customer))
        .isEqualTo(new Traits(false, false, Map.of("tier", "silver")));
  }

  @Test
  void columnsAreConsentsThatShareWhereWhenAndToWhat() {
    CustomerCsv csv = new CustomerCsv(List.of());
    Map<String, String> fields = new HashMap<>();
    fields.put("externalId", "c-1");
    fields.put("consents.profiling", "refused");
    fields.put("consents.loyalty-club", "granted");
    fields.put("consents.source", "till");
    fields.put("consents.at", "2026-04-01T11:00:00Z");
    fields.put("consents.wording", "3");

    assertThat(csv.json(List.of(new CsvRecord(2, 1, fields))).toString())
        .isEqualTo(
            "{\"externalId\":\"c-1\",\"consents\":["
                + "{\"purpose\":\"loyalty-club\",\"decision\":\"granted\",\"source\":\"till\","
                + "\"at\":\"2026-04-01T11:00:00Z\",\"wording\":\"3\"},"
                + "{\"purpose\":\"profiling\",\"decision\":\"refused\",\"source\":\"till\","
                + "\"at\":\"2026-04-01T11:00:00Z\",\"wording\":\"3\"}]}");
    assertThat(csv.has("consents.loyalty-club")).isTrue();
    assertThat(csv.has("consents.Loyalty")).isFalse();
    assertThat(csv.has("consents.")).isFalse();
    assertThat(csv.columns()).contains("consents.email-marketing", "consents.at");
    Map<String, String> commonAlone = Map.of("externalId", "c-1", "consents.source", "till");
    assertThat(csv.json(List.of(new CsvRecord(2, 1, commonAlone))).toString())
        .isEqualTo("{\"externalId\":\"c-1\"}");
  }

  private static final String NAMED = "\"externalId\":\"c-1\",\"name\":{\"given\":\"Ada\"}";
  private static final String REFUSED =
      """
      {"purpose":"profiling","decision":"refused","source":"till",
       "at":"2026-04-01T11:00:00Z","wording":"3"}""";
  private static final String GRANTED_LATER =
      """
      {"purpose":"profiling","decision":"granted","source":"letter",
       "at":"2026-04-02T11:00:00Z","wording":"3"}""";

  private long waiting() {
    return database.number("SELECT count(*) FROM customer_to_describe");
  }

  private static UUID created(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Created.class);
    return ((Outcome.Created) outcome).id();
  }

  private Outcome write(String json) {
    Profile profile =
        profiles.checks.check(
            JsonRows.of(ProfileRow.class).read(json.getBytes(StandardCharsets.UTF_8)));
    return profiles.writer.write(List.of(profile), ProfilesFixture.IMPORT).getFirst();
  }
}
