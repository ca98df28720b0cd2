package org.tallykeep.local.parts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** The project's realm with what only tests need: long tokens, and clients for tokens to refuse. */
final class TestRealm {

  private static final int AN_HOUR = 3600;

  private TestRealm() {}

  static ObjectNode filled(
      ProjectHome home, Map<String, String> clientSecrets, Map<String, String> passwords) {
    ObjectNode realm = Realm.filled(home, clientSecrets, passwords);
    realm.put("accessTokenLifespan", AN_HOUR).put("ssoSessionIdleTimeout", 10 * AN_HOUR);
    ArrayNode clients = realm.withArrayProperty("clients");
    ObjectNode front = front(clients);
    ObjectNode shortLived = copy(front, TestKeycloak.SHORT_LIVED, clientSecrets);
    shortLived.withObjectProperty("attributes").put("access.token.lifespan", "1");
    ObjectNode foreign = copy(front, TestKeycloak.FOREIGN, clientSecrets);
    foreign.putArray("protocolMappers");
    clients.add(shortLived).add(foreign);
    return realm;
  }

  private static ObjectNode front(ArrayNode clients) {
    for (var client : clients) {
      if (client.path("clientId").asText().equals(Realm.FRONT_CLIENT)) {
        return (ObjectNode) client;
      }
    }
    throw new PartFailedException("The realm file has no client " + Realm.FRONT_CLIENT);
  }

  private static ObjectNode copy(
      ObjectNode front, String clientId, Map<String, String> clientSecrets) {
    return front.deepCopy().put("clientId", clientId).put("secret", clientSecrets.get(clientId));
  }
}
