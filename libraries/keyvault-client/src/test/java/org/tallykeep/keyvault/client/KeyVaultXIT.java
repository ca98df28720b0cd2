package org.tallykeep.keyvault.client;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tallykeep.envelope.AssociatedData;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.SealedRecord;
import org.tallykeep.envelope.SealingKey;
import org.tallykeep.local.parts.TestParts;

/** The client and the real key service agree on every operation. */
@QuarkusTest
@QuarkusTestResource(value = RealKeyService.class, restrictToAnnotatedClass = true)
class KeyVaultXIT {

  private static final AssociatedData HERE =
      AssociatedData.of("customer", UUID.randomUUID(), "link", 1);
  private static final byte[] VALUE = "value".getBytes(StandardCharsets.UTF_8);
  private static final Set<Purpose> SUBJECT =
      Set.of(Purpose.IDENTITY, Purpose.CONTACT, Purpose.LINK, Purpose.MASK);

  @Inject KeyVault keyVault;
  @Inject EventListener events;

  @Test
  void whatNewKeysSealTheirUnwrappedSelvesOpen() {
    List<NewKey> made = keyVault.createKeys(KeyKind.SUBJECT, 1_200, SUBJECT);
    List<byte[]> sealed = made.stream().map(key -> key.of(Purpose.LINK).seal(HERE, VALUE)).toList();

    List<Optional<SealingKey>> links =
        keyVault.unwrap(Purpose.LINK, made.stream().map(NewKey::ref).toList(), Caller.service());

    assertThat(IntStream.range(0, made.size()))
        .allSatisfy(
            i -> assertThat(links.get(i).orElseThrow().open(HERE, sealed.get(i))).isEqualTo(VALUE));
  }

  @Test
  void pseudonymKeysAreMadeForTheMixerAlone() {
    NewKey made = keyVault.createKeys(KeyKind.PSEUDONYM, 1, Set.of(Purpose.REIDENTIFY)).getFirst();
    byte[] sealed = made.of(Purpose.REIDENTIFY).seal(HERE, VALUE);
    List<KeyRef> refs = List.of(made.ref());

    SealingKey again =
        keyVault
            .unwrap(Purpose.REIDENTIFY, refs, Caller.standingGrant("mixer"))
            .getFirst()
            .orElseThrow();

    assertThat(again.open(HERE, sealed)).isEqualTo(VALUE);
    assertThatThrownBy(() -> keyVault.unwrap(Purpose.REIDENTIFY, refs, Caller.service()))
        .isInstanceOf(KeysRefused.class);
  }

  @Test
  void anUnknownKeyIsAnEmptyPlace() {
    List<KeyRef> refs = List.of(new KeyRef(UUID.randomUUID(), 1));
    assertThat(keyVault.unwrap(Purpose.MASK, refs, Caller.service()))
        .containsExactly(Optional.empty());
  }

  @Test
  void aPersonGetsWhatTheirRoleAllows() {
    List<KeyRef> refs = List.of(keyVault.createKeys(KeyKind.SUBJECT, 1, SUBJECT).getFirst().ref());
    Caller steward = person("data-steward");
    Caller marketer = person("marketer");

    assertThat(keyVault.unwrap(Purpose.CONTACT, refs, steward).getFirst()).isPresent();
    assertThatThrownBy(() -> keyVault.unwrap(Purpose.CONTACT, refs, marketer))
        .isInstanceOf(KeysRefused.class);
  }

  @Test
  void datasetKeysSealAndOpen() {
    for (DatasetPurpose purpose : List.of(DatasetPurpose.LEDGER, DatasetPurpose.AGGREGATE)) {
      byte[] sealed = keyVault.sealing(purpose).seal(HERE, VALUE);
      assertThat(keyVault.opening(purpose, SealedRecord.keyOf(sealed)).open(HERE, sealed))
          .isEqualTo(VALUE);
    }
    assertThat(keyVault.index().tag("customer", "external-id", VALUE, 0)).hasSize(32);
    assertThat(keyVault.manifest(keyVault.manifest().ref()).mac(VALUE))
        .isEqualTo(keyVault.manifest().mac(VALUE));
  }

  @Test
  void tagsAreStableAndDifferByField() {
    List<byte[]> inner = List.of(new byte[32]);
    byte[] email = keyVault.tags(TagField.EMAIL, inner).getFirst();
    assertThat(email).isEqualTo(keyVault.tags(TagField.EMAIL, inner).getFirst()).hasSize(32);
    assertThat(email).isNotEqualTo(keyVault.tags(TagField.PHONE, inner).getFirst());
  }

  private static Caller person(String role) {
    return Caller.person(TestParts.get().keycloak().userToken(role));
  }

  @Test
  void theKeyServiceIsHeardAndWhatItSaysIsTakenUp() {
    List<String> heard = new CopyOnWriteArrayList<>();
    events.tell(heard::add);
    await().atMost(Duration.ofSeconds(30)).until(events::isRecent);
    KeyRef decoy = keyVault.createDecoys(1, SUBJECT).getFirst().ref();

    // Nobody with honest work opens it, so what the service keeps has to go.
    assertThatThrownBy(
            () -> keyVault.unwrap(Purpose.CONTACT, List.of(decoy), person("data-steward")))
        .isInstanceOf(KeysFrozen.class);

    await().atMost(Duration.ofSeconds(30)).until(() -> heard.contains("frozen"));
    assertThatThrownBy(
            () -> keyVault.unwrap(Purpose.CONTACT, List.of(decoy), person("data-steward")))
        .isInstanceOf(KeysFrozen.class);
  }

  @Test
  void aKeyThatWasTurnedOverSealsWithinSecondsAndTheOneBeforeStillOpens() {
    await().atMost(Duration.ofSeconds(30)).until(events::isRecent);
    SealingKey before = keyVault.sealing(DatasetPurpose.LEDGER);
    KeyRef nameBefore = before.ref();
    byte[] sealed = before.seal(HERE, VALUE);

    given()
        .baseUri(TestParts.get().keyService().url())
        .auth()
        .oauth2(TestParts.get().keycloak().consoleToken("security-officer"))
        .contentType("application/json")
        .body("{\"purpose\":\"ledger\"}")
        .post("/v1/rotations")
        .then()
        .statusCode(201);

    await()
        .atMost(Duration.ofSeconds(5))
        .until(
            () -> keyVault.sealing(DatasetPurpose.LEDGER).ref().version() > nameBefore.version());
    assertThat(keyVault.opening(DatasetPurpose.LEDGER, nameBefore).open(HERE, sealed))
        .isEqualTo(VALUE);
  }

  @Test
  void whenADestructionIsAnsweredNothingOfItIsKeptHere() {
    await().atMost(Duration.ofSeconds(30)).until(events::isRecent);
    List<KeyRef> refs = List.of(keyVault.createKeys(KeyKind.SUBJECT, 1, SUBJECT).getFirst().ref());
    assertThat(keyVault.unwrap(Purpose.LINK, refs, Caller.service()).getFirst()).isPresent();

    given()
        .baseUri(TestParts.get().keyService().url())
        .auth()
        .oauth2(TestParts.get().keycloak().serviceToken("customer-service"))
        .contentType("application/json")
        .body(
            "{\"kind\":\"subject\",\"mode\":\"sever\",\"ids\":[\"%s\"]}"
                .formatted(refs.getFirst().id()))
        .post("/v1/keys/destroy")
        .then()
        .statusCode(200);

    assertThat(keyVault.unwrap(Purpose.LINK, refs, Caller.service()).getFirst()).isEmpty();
  }
}
