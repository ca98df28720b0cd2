package org.tallykeep.local.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.tallykeep.local.parts.VaultSetup.KeyServiceLogin;

class PartsIT {

  private final TestParts parts = TestParts.get();

  @Test
  void everyNewDatabaseIsEmptyAndBelongsToItsOwnRoleAlone() throws Exception {
    Database one = parts.postgres().newDatabase("customer");
    Database other = parts.postgres().newDatabase("customer");

    assertThat(one.jdbcUrl()).isNotEqualTo(other.jdbcUrl());
    try (var connection =
            DriverManager.getConnection(one.jdbcUrl(), one.username(), one.password());
        var statement = connection.createStatement()) {
      statement.execute("create table t (x int)");
    }
    assertThatThrownBy(
            () -> DriverManager.getConnection(one.jdbcUrl(), other.username(), other.password()))
        .hasMessageContaining("permission denied");
  }

  @Test
  void aPersonsTokenIsForBothPublicServicesAndHoldsTheRoleAlone() {
    JsonNode claims = claims(parts.keycloak().userToken("marketer"));

    assertThat(strings(claims.path("aud"))).contains("customer-service", "analytics-service");
    assertThat(strings(claims.path("aud"))).doesNotContain("keyvault-service");
    assertThat(strings(claims.at("/realm_access/roles")))
        .contains("marketer")
        .doesNotContain("key-client", "ingest", "data-steward");
    assertThat(claims.path("iss").asText()).isEqualTo(parts.keycloak().issuer());
  }

  @Test
  void anOfficersTokenFromTheConsoleIsForTheKeyServiceAlone() {
    JsonNode claims = claims(parts.keycloak().consoleToken("security-officer"));

    assertThat(strings(claims.path("aud")))
        .contains("keyvault-service")
        .doesNotContain("customer-service", "analytics-service");
  }

  @Test
  void anExchangedTokenNamesThePersonTheServiceAndTheKeyService() {
    String personal = parts.keycloak().userToken("data-steward");

    JsonNode claims =
        claims(parts.keycloak().exchangedToken("customer-service", personal, "keyvault-service"));

    assertThat(claims.path("sub")).isEqualTo(claims(personal).path("sub"));
    assertThat(claims.path("azp").asText()).isEqualTo("customer-service");
    assertThat(strings(claims.path("aud"))).containsExactly("keyvault-service");
    assertThat(strings(claims.at("/realm_access/roles")))
        .contains("data-steward")
        .doesNotContain("key-client");
  }

  @Test
  void theServicesOwnTokensAreKeyClientsForTheAudiencesTheyCall() {
    JsonNode customer = claims(parts.keycloak().serviceToken("customer-service"));
    JsonNode analytics = claims(parts.keycloak().serviceToken("analytics-service"));

    assertThat(strings(customer.path("aud"))).contains("keyvault-service", "analytics-service");
    assertThat(strings(analytics.path("aud"))).contains("keyvault-service", "customer-service");
    assertThat(strings(customer.at("/realm_access/roles"))).contains("key-client");
    assertThat(strings(analytics.at("/realm_access/roles"))).contains("key-client");
    assertThat(analytics.path("azp").asText()).isEqualTo("analytics-service");
  }

  @Test
  void theIngestMachineReachesTheCustomerServiceOnly() {
    JsonNode claims = claims(parts.keycloak().serviceToken("ingest"));

    assertThat(strings(claims.path("aud")))
        .contains("customer-service")
        .doesNotContain("keyvault-service", "analytics-service");
    assertThat(strings(claims.at("/realm_access/roles")))
        .contains("ingest")
        .doesNotContain("key-client");
  }

  @Test
  void tokensToBeRefusedCanBeHad() {
    JsonNode expired = claims(parts.keycloak().expiredUserToken("marketer"));
    JsonNode foreign = claims(parts.keycloak().foreignAudienceToken("marketer"));

    assertThat(Instant.ofEpochSecond(expired.path("exp").asLong())).isBefore(Instant.now());
    assertThat(strings(foreign.path("aud")))
        .doesNotContain("customer-service", "analytics-service", "keyvault-service");
  }

  @Test
  void theKeyServiceUsesItsRootKeyWithAssociatedDataButCannotReachAnother() {
    KeyServiceLogin mine = parts.vault().newKeyServiceLogin();
    KeyServiceLogin other = parts.vault().newKeyServiceLogin();
    String token = logIn(mine);
    Map<String, String> plain = Map.of("plaintext", "a2V5", "associated_data", "YnJhbmNo");

    assertThat(post(token, "transit/encrypt/" + mine.transitKey(), plain)).isEqualTo(200);
    assertThat(post(token, "transit/keys/" + mine.transitKey() + "/rotate", Map.of()))
        .isEqualTo(200);
    assertThat(post(token, "transit/encrypt/" + other.transitKey(), plain)).isEqualTo(403);
    String config = "transit/keys/" + mine.transitKey() + "/config";
    assertThat(post(token, config, Map.of("exportable", true))).isEqualTo(403);
    assertThat(post(token, config, Map.of("deletion_allowed", true))).isEqualTo(403);
    assertThat(post(token, config, Map.of("allow_plaintext_backup", true))).isEqualTo(403);
    assertThat(call("GET", token, "transit/export/encryption-key/" + mine.transitKey()))
        .isEqualTo(403);
    assertThat(call("DELETE", token, "transit/keys/" + mine.transitKey())).isEqualTo(403);
  }

  @Test
  void anEntryOfTheRevocationLedgerIsWrittenOnceAndNeverChanged() {
    KeyServiceLogin login = parts.vault().newKeyServiceLogin();
    String token = logIn(login);
    String entry = login.logMount() + "/data/revocations/000000000001";
    Map<String, Object> value = Map.of("options", Map.of("cas", 0), "data", Map.of("x", "1"));

    assertThat(post(token, entry, value)).isEqualTo(200);
    assertThat(post(token, entry, value)).isEqualTo(403);
    assertThat(call("GET", token, entry)).isEqualTo(200);
    assertThat(call("LIST", token, login.logMount() + "/metadata")).isEqualTo(403);
    assertThat(call("DELETE", token, entry)).isEqualTo(403);
    assertThat(call("DELETE", token, login.logMount() + "/metadata/revocations/000000000001"))
        .isEqualTo(403);
  }

  @Test
  void aVaultOfOnesOwnCanBeSealedAndOpened() {
    TestVault own = parts.newVault();
    KeyServiceLogin login = own.newKeyServiceLogin();

    own.seal();
    assertThat(vaultAt(own.url()).isSealed()).isTrue();
    own.unseal();

    assertThat(vaultAt(own.url()).isSealed()).isFalse();
    assertThat(login.transitKey()).isNotBlank();
  }

  private String logIn(KeyServiceLogin login) {
    return vault()
        .expect(
            "POST",
            "auth/approle/login",
            "",
            Map.of("role_id", login.roleId(), "secret_id", login.secretId()))
        .at("/auth/client_token")
        .asText();
  }

  private int post(String token, String path, Map<String, ?> body) {
    return vault().call("POST", path, token, body).status();
  }

  private int call(String method, String token, String path) {
    return vault().call(method, path, token, Map.of()).status();
  }

  private Vault vault() {
    return vaultAt(parts.vault().url());
  }

  private static Vault vaultAt(String url) {
    return new Vault(URI.create(url).getPort());
  }

  private static JsonNode claims(String token) {
    byte[] body = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
    return Realm.parse(new String(body, StandardCharsets.UTF_8));
  }

  private static List<String> strings(JsonNode node) {
    return node.isTextual()
        ? List.of(node.asText())
        : StreamSupport.stream(node.spliterator(), false).map(JsonNode::asText).toList();
  }
}
