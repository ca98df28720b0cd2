package org.tallykeep.keyvault.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tallykeep.keyvault.fixture.Tokens.as;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tallykeep.keyvault.fixture.Tokens;
import org.tallykeep.local.parts.TestKeycloak;

/**
 * What the client that ends sessions can do at the issuer and what it cannot, as the ADR on
 * sessions says it. Keycloak has no narrower right than to manage the members of a group.
 */
class SessionsClientTest {

  private final TestKeycloak keycloak = Tokens.keycloak();
  private final String admin = keycloak.url() + "/admin/realms/tallykeep";
  private final String users = admin + "/users";
  private final String person = users + "/" + keycloak.subject("marketer");

  @Test
  void itSeesNobody() {
    assertThat(client().get(users).body().asString()).isEqualTo("[]");
    assertThat(client().get(users + "?username=marketer").body().asString()).isEqualTo("[]");
    assertThat(client().get(users + "/count").body().asString()).isEqualTo("0");
    for (String path : List.of("", "/sessions", "/credentials", "/role-mappings", "/groups")) {
      assertThat(client().get(person + path).statusCode()).as(path).isEqualTo(403);
    }
  }

  @Test
  void itMakesNobodyAndNobodyMoreThanTheyAre() {
    Map<String, Object> newcomer = Map.of("username", "newcomer", "enabled", true);
    assertThat(client().body(newcomer).post(users).statusCode()).isEqualTo(403);
    assertThat(client().body("[]").post(person + "/role-mappings/realm").statusCode())
        .isEqualTo(403);
    assertThat(client().body("{}").post(person + "/impersonation").statusCode()).isEqualTo(403);
    assertThat(client().body("{}").post(admin + "/groups").statusCode()).isEqualTo(403);
  }

  @Test
  void itTouchesNeitherTheRealmNorServicesNorEverybodyAtOnce() {
    assertThat(client().body("{}").put(admin).statusCode()).isEqualTo(403);
    assertThat(client().get(admin + "/clients").statusCode()).isEqualTo(403);
    assertThat(client().get(admin + "/events").statusCode()).isEqualTo(403);
    assertThat(client().body("").post(admin + "/logout-all").statusCode()).isEqualTo(403);
    // Its own account is a service's, and in no group.
    String itself = users + "/" + keycloak.serviceSubject("keyvault-sessions");
    assertThat(client().delete(itself).statusCode()).isEqualTo(403);
    assertThat(client().body("").post(itself + "/logout").statusCode()).isEqualTo(403);
  }

  @Test
  void itCouldSetAPersonsPasswordWhichIsWhatRemains() {
    Map<String, Object> same =
        Map.of("type", "password", "value", keycloak.userPassword("marketer"), "temporary", false);
    assertThat(client().body(same).put(person + "/reset-password").statusCode()).isEqualTo(204);
  }

  @Test
  void officersAreOutOfItsReachThoughTheyAreAmongPeople() {
    String officer = users + "/" + keycloak.subject("security-officer");
    Map<String, Object> password =
        Map.of("type", "password", "value", "taken over", "temporary", false);
    assertThat(client().body(password).put(officer + "/reset-password").statusCode())
        .isEqualTo(403);
    assertThat(client().body(Map.of("enabled", false)).put(officer).statusCode()).isEqualTo(403);
    assertThat(client().body("").post(officer + "/logout").statusCode()).isEqualTo(403);
    assertThat(client().delete(officer).statusCode()).isEqualTo(403);
  }

  @Test
  void noServiceOpensToIt() {
    assertThat(keycloak.serviceAudiences("keyvault-sessions"))
        .doesNotContain("keyvault-service", "customer-service", "analytics-service");
  }

  private io.restassured.specification.RequestSpecification client() {
    return as(keycloak.serviceToken("keyvault-sessions"));
  }
}
