package org.tallykeep.system.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.tallykeep.local.parts.TestKeycloak;
import org.tallykeep.local.parts.TestParts;

/** What the customer service and an officer ask of a key service. */
public final class KeyClient {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int BATCH = 1_000;

  private final Client service;
  private final Client officer;
  private final ServiceProcess process;

  public KeyClient(ServiceProcess process) {
    TestKeycloak keycloak = TestParts.get().keycloak();
    this.process = process;
    this.service = Client.of(process, keycloak.serviceToken("customer-service"));
    this.officer = Client.of(process, keycloak.consoleToken("security-officer"));
  }

  /** A person through the customer service. */
  public Client person(String role) {
    TestKeycloak keycloak = TestParts.get().keycloak();
    return Client.of(
        process,
        keycloak.exchangedToken("customer-service", keycloak.userToken(role), "keyvault-service"));
  }

  public Client officer() {
    return officer;
  }

  /** Makes keys of customers, or of nobody. */
  public List<UUID> createSubjects(int count, boolean decoys) {
    List<UUID> ids = new ArrayList<>();
    for (int made = 0; made < count; made += BATCH) {
      Reply reply =
          service.post(
              "/v1/keys",
              """
              {"kind":"subject","count":%d,"purposes":["link"],"decoys":%s}"""
                  .formatted(Math.min(BATCH, count - made), decoys));
      assertThat(reply.status()).as(reply.body()).isEqualTo(201);
      reply.json().path("keys").forEach(key -> ids.add(UUID.fromString(key.path("id").asText())));
    }
    return ids;
  }

  /** Those of the keys that open. */
  public List<UUID> opening(Collection<UUID> ids) {
    List<UUID> all = new ArrayList<>(ids);
    List<UUID> open = new ArrayList<>();
    for (int from = 0; from < all.size(); from += BATCH) {
      Reply reply = unwrap(service, "link", all.subList(from, Math.min(all.size(), from + BATCH)));
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      for (JsonNode key : reply.json().path("keys")) {
        if (!key.path("key").isNull()) {
          open.add(UUID.fromString(key.path("id").asText()));
        }
      }
    }
    return open;
  }

  /** Asks for keys. */
  public static Reply unwrap(Client client, String purpose, List<UUID> ids) {
    ObjectNode request = JSON.createObjectNode().put("purpose", purpose);
    ids.forEach(
        id -> request.withArray("keys").addObject().put("id", id.toString()).put("version", 1));
    return client.post("/v1/keys/unwrap", request.toString());
  }

  /** Destroys keys; at most 1,000. */
  public Reply destroy(List<UUID> ids) {
    ObjectNode request = JSON.createObjectNode().put("kind", "subject").put("mode", "sever");
    ids.forEach(id -> request.withArray("ids").add(id.toString()));
    return service.post("/v1/keys/destroy", request.toString());
  }

  /** The public keys that receipts are signed with. */
  public String signingKeys() {
    return Client.withoutToken(process).get("/v1/signing-keys").body();
  }
}
