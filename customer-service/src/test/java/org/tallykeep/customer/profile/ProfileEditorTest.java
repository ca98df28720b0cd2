package org.tallykeep.customer.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallykeep.customer.imports.JsonRows;
import org.tallykeep.customer.index.IndexFixture;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.LocalKeys;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.customer.platform.TestDatabase;
import org.tallykeep.customer.purchaser.Buyer;
import org.tallykeep.customer.rekey.Rekey;
import org.tallykeep.envelope.KeyRef;

/** Changes of one customer, what is remembered of them, and who is found by what afterwards. */
class ProfileEditorTest {

  private static final Keys.Asking WHO = new Keys.Asking("token", "why");
  private static final Actor PERSON = new Actor(Actor.Kind.PERSON, "sub-1", "moved");

  private final TestDatabase database = TestDatabase.fresh();
  private final LocalKeys keys = new LocalKeys();
  private final ProfilesFixture profiles = new ProfilesFixture(database.transactions(), keys);

  @BeforeEach
  void declare() {
    profiles.declare("memberNo", AttributeType.TEXT, Protection.IDENTITY, true);
    profiles.declare("locker", AttributeType.NUMBER, Protection.CONTACT, true);
    profiles.declare("since", AttributeType.DATE, Protection.OPEN, true);
    profiles.declare("vegan", AttributeType.BOOLEAN, Protection.OPEN, false);
  }

  @Test
  void aChangeIsRememberedWithWhoWhenWhyAndWhatWasThere() {
    UUID customer = create(FULL);

    ProfileEditor.Edited edited =
        patch(
            customer,
            1,
            """
            {"externalIds":["h-2"],"name":{"family":null},"emails":["ada@example.net"],
             "attributes":{"memberNo":null,"locker":8,"vegan":false}}
            """);
    put(customer, 2, "{\"name\":{\"given\":\"Ada\"}}");

    assertThat(edited.revision()).isEqualTo(2);
    ChangesReader.Page page = changes(customer, Integer.MAX_VALUE, 10);
    assertThat(page.nextCursor()).isNull();
    assertThat(page.changes()).extracting(ChangeView::revision).containsExactly(3, 2);
    ChangeView first = page.changes().getLast();
    assertThat(first.actor()).isEqualTo(new ChangeView.Who("person", "sub-1"));
    assertThat(first.reason()).isEqualTo("moved");
    assertThat(first.time()).isEqualTo(ProfilesFixture.NOW);
    assertThat(first.fields())
        .containsExactly(
            "externalIds",
            "name.family",
            "attributes.memberNo",
            "attributes.vegan",
            "emails",
            "attributes.locker");
    assertThat(first.before())
        .containsEntry("externalIds", List.of("h-1"))
        .containsEntry("name.family", "Stone")
        .containsEntry("attributes.memberNo", "M 7")
        .containsEntry("attributes.vegan", true)
        .containsEntry("emails", List.of("ada@example.org"))
        .containsEntry("attributes.locker", new BigDecimal("7"));
    assertThat(page.changes().getFirst().before())
        .containsEntry("birthDate", "1980-02-03")
        .hasEntrySatisfying(
            "addresses", then -> assertThat(then).asString().contains("street=1 Elm St"));
  }

  @Test
  void changesComeInPagesTheNewestFirst() {
    UUID customer = create(FULL);
    for (int revision = 1; revision <= 5; revision++) {
      patch(customer, revision, "{\"name\":{\"given\":\"N%d\"}}".formatted(revision));
    }

    ChangesReader.Page first = changes(customer, Integer.MAX_VALUE, 3);
    ChangesReader.Page second =
        changes(customer, Integer.parseInt(String.valueOf(first.nextCursor())), 3);

    assertThat(Stream.of(first, second).flatMap(page -> page.changes().stream()))
        .extracting(ChangeView::revision)
        .containsExactly(6, 5, 4, 3, 2);
    assertThat(second.nextCursor()).isNull();
    assertThat(profiles.changes.page(UUID.randomUUID(), 9, 3, WHO)).isEmpty();
  }

  @Test
  void theSameProfileChangesNothing() {
    UUID customer = create(FULL);

    assertThat(put(customer, 1, FULL).revision()).isEqualTo(1);
    assertThat(patch(customer, 1, "{\"attributes\":{\"locker\":7.0,\"none\":null}}").revision())
        .isEqualTo(1);
    assertThat(changes(customer, Integer.MAX_VALUE, 10).changes()).isEmpty();
  }

  @Test
  void ofTwoWhoReplaceTheSameRevisionOneIsTold() {
    UUID customer = create(FULL);
    List<CompletableFuture<Boolean>> both =
        Stream.of("Eva", "Ida")
            .map(
                name ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          try {
                            put(customer, 1, "{\"name\":{\"given\":\"%s\"}}".formatted(name));
                            return true;
                          } catch (Refusal.Outdated e) {
                            return false;
                          }
                        }))
            .toList();

    assertThat(both.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(true, false);
    assertThat(changes(customer, Integer.MAX_VALUE, 10).changes()).hasSize(1);
  }

  @Test
  void aKeyThatIsReplacedMeanwhileIsNoObstacle() {
    UUID customer = create(FULL);
    patch(customer, 1, "{\"name\":{\"given\":\"Eva\"}}");
    KeyRef before = profiles.reader.find(customer).orElseThrow().key();
    KeyRef newer = keys.replace(before);
    keys.beforeTags(
        () -> {
          assertThat(reseal(newer)).containsExactly(newer.id());
          keys.putAside(before);
        });

    assertThat(patch(customer, 2, "{\"emails\":[\"new@example.org\"]}").revision()).isEqualTo(3);

    assertThat(changes(customer, Integer.MAX_VALUE, 10).changes())
        .as("the one from before was sealed anew")
        .extracting(ChangeView::revision)
        .containsExactly(3, 2);
    assertThat(
            database.number(
                "SELECT count(*) FROM customer_change WHERE substring(identity FROM 3 FOR 20)"
                    + " <> substring(contact FROM 3 FOR 20)"))
        .isZero();
  }

  @Test
  void idsOfOthersAreNotGivenAway() {
    UUID customer = create(FULL);
    create("{\"externalIds\":[\"other\"],\"name\":{\"given\":\"Eva\"}}");
    profiles.links.purchasers.resolve(List.of(new Buyer.ByExternalId("anonymous")));

    assertThatThrownBy(() -> patch(customer, 1, "{\"externalIds\":[\"h-1\",\"other\"]}"))
        .isInstanceOfSatisfying(
            Refusal.Conflict.class,
            refusal -> assertThat(refusal.kind().type()).endsWith(":external-id-taken"));
    assertThatThrownBy(() -> patch(customer, 1, "{\"externalIds\":[\"h-1\",\"anonymous\"]}"))
        .isInstanceOfSatisfying(
            Refusal.Conflict.class,
            refusal ->
                assertThat(refusal.kind().type()).endsWith(":external-id-of-anonymous-buyer"));
    assertThat(patch(customer, 1, "{\"externalId\":\"h-3\"}").revision()).isEqualTo(2);
    assertThat(profiles.reader.find(new CustomerSearch.ByExternalId("h-1"))).isEmpty();
    assertThat(profiles.reader.find(new CustomerSearch.ByExternalId("h-3")))
        .containsExactly(customer);
    assertThat(database.number("SELECT count(*) FROM customer_change")).isOne();
  }

  @Test
  void customersAreFoundByTheirAttributesUnderTheNewerIndexKeyAlone() {
    UUID first = create(FULL);
    UUID second = create(FULL.replace("h-1", "h-2").replace("M 7", "M 8"));
    UUID without = create("{\"name\":{\"given\":\"Eva\"},\"attributes\":{\"vegan\":true}}");
    assertFound(first, second);
    keys.indexVersions().make(2);

    IndexFixture.rotation(
            database.transactions(),
            profiles.index,
            profiles.reindexed(Set.of()),
            keys.indexVersions(),
            2)
        .run();

    assertThat(keys.indexVersions().isLive(1)).isFalse();
    assertFound(first, second);
    assertThat(database.number("SELECT count(*) FROM customer_attribute")).isEqualTo(6);
    patch(first, 1, "{\"attributes\":{\"memberNo\":\"M 9\",\"locker\":null}}");
    assertThat(find("memberNo", "M 7")).isEmpty();
    assertThat(find("memberNo", "M 9")).containsExactly(first);
    assertThat(find("locker", "7")).containsExactly(second).doesNotContain(without);
  }

  @Test
  void theTablesAreRewrittenWithAllThatIsInThem() {
    UUID customer = create(FULL);
    patch(customer, 1, "{\"name\":{\"given\":\"Eva\"}}");

    database.transactions().run(c -> new CustomerTables().rewrite(c));

    assertThat(find("memberNo", "M 7")).containsExactly(customer);
    assertThat(changes(customer, Integer.MAX_VALUE, 10).changes()).hasSize(1);
  }

  private static final String FULL =
      """
      {"externalIds":["h-1"],"name":{"given":"Ada","family":"Stone"},"birthDate":"1980-02-03",
       "emails":["ada@example.org"],"addresses":[{"street":"1 Elm St","town":"Springfield"}],
       "attributes":{"memberNo":"M 7","locker":7,"since":"2020-01-01","vegan":true}}
      """;

  private void assertFound(UUID first, UUID second) {
    assertThat(find("memberNo", "M 7")).containsExactly(first);
    assertThat(find("memberNo", "M 8")).containsExactly(second);
    assertThat(find("locker", "7")).containsExactlyInAnyOrder(first, second);
    assertThat(find("since", "2020-01-01")).containsExactlyInAnyOrder(first, second);
    assertThat(find("memberNo", "7")).isEmpty();
  }

  private Set<UUID> find(String attribute, String value) {
    return profiles.reader.find(new CustomerSearch.ByTag(new AttributeField(attribute), value));
  }

  private UUID create(String json) {
    return profiles.creator.create(Map.of(0, checked(json))).values().iterator().next();
  }

  private ProfileEditor.Edited put(UUID customer, int revision, String json) {
    return edit(customer, revision, before -> checked(json));
  }

  private ProfileEditor.Edited patch(UUID customer, int revision, String json) {
    byte[] patch = json.getBytes(StandardCharsets.UTF_8);
    return edit(
        customer,
        revision,
        before ->
            checked(
                new String(
                    ProfileDocument.patched(
                        before, ProfileDocument.patch(patch), profiles.attributes),
                    StandardCharsets.UTF_8)));
  }

  private ProfileEditor.Edited edit(UUID customer, int revision, UnaryOperator<Profile> edit) {
    return profiles.editor.edit(
        customer, IfMatch.of("\"%d-masked\"".formatted(revision)), WHO, PERSON, edit);
  }

  private Profile checked(String json) {
    return profiles
        .checks
        .check(JsonRows.of(ProfileRow.class).read(json.getBytes(StandardCharsets.UTF_8)))
        .withAllIds();
  }

  private ChangesReader.Page changes(UUID customer, int before, int limit) {
    return profiles.changes.page(customer, before, limit, WHO).orElseThrow();
  }

  private Set<UUID> reseal(KeyRef newer) {
    return profiles
        .resealing
        .reseal(List.of(new Rekey("subject", newer.id(), newer.version() - 1, newer.version())))
        .sealed();
  }
}
