package org.tallykeep.local.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class RealmTest {

  private final ProjectHome home = ProjectHome.find();
  private final Map<String, String> secrets = Realm.newSecrets(Realm.CLIENTS);
  private final Map<String, String> passwords = Realm.newSecrets(Realm.PEOPLE);
  private final JsonNode realm = Realm.filled(home, secrets, passwords);

  @Test
  void theFileOfTheProjectHoldsNoSecretAndNoPerson() {
    JsonNode file = Realm.parse(ProjectHome.read(home.realmFile()));

    assertThat(file.path("clients"))
        .filteredOn(RealmTest::logsIn)
        .allSatisfy(client -> assertThat(client.path("secret").asText()).startsWith("${"));
    assertThat(file.path("users"))
        .allSatisfy(
            user -> {
              assertThat(user.path("username").asText()).startsWith("service-account-");
              assertThat(user.has("credentials")).isFalse();
            });
  }

  @Test
  void everyClientGetsItsOwnSecret() {
    assertThat(realm.path("clients"))
        .filteredOn(RealmTest::logsIn)
        .hasSameSizeAs(Realm.CLIENTS)
        .allSatisfy(
            client ->
                assertThat(client.path("secret").asText())
                    .isEqualTo(secrets.get(client.path("clientId").asText())));
  }

  @Test
  void noPersonIsAKeyClientOrIngests() {
    assertThat(realm.path("users"))
        .filteredOn(user -> !user.has("serviceAccountClientId"))
        .hasSameSizeAs(Realm.PEOPLE)
        .allSatisfy(
            user -> assertThat(roles(user)).containsExactly(user.path("username").asText()));
  }

  @Test
  void aMissingSecretIsNotLeftAsAPlaceholder() {
    assertThatThrownBy(() -> Realm.filled(home, Map.of("ingest", "x"), passwords))
        .hasMessageContaining("placeholder");
  }

  @Test
  void peopleAreWhereTheKeyServiceMayEndTheirSessionsAndServicesAreNot() {
    assertThat(realm.path("users"))
        .allSatisfy(
            user ->
                assertThat(user.path("groups").path(0).asText())
                    .isEqualTo(user.has("serviceAccountClientId") ? "" : "/people"));
    assertThat(realm.path("defaultGroups").path(0).asText()).isEqualTo("/people");
  }

  /** All but the one where Keycloak keeps its fine-grained permissions. */
  private static boolean logsIn(JsonNode client) {
    return !client.has("authorizationSettings");
  }

  private static Iterable<String> roles(JsonNode user) {
    return StreamSupport.stream(user.path("realmRoles").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }
}
