package org.tallykeep.local.parts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The realm file of this project, filled with secrets, and with the people of a local stack. */
public final class Realm {

  public static final String NAME = "tallykeep";

  /** Where people log in. */
  public static final String FRONT_CLIENT = "tallykeep-cli";

  /** Where security officers log in: its tokens are for the key service alone. */
  public static final String CONSOLE_CLIENT = "security-console";

  /** Where the key service ends the sessions of people it has frozen. */
  public static final String SESSIONS_CLIENT = "keyvault-sessions";

  /** The confidential clients of the realm file. */
  public static final List<String> CLIENTS =
      List.of(
          "customer-service",
          "analytics-service",
          "keyvault-service",
          SESSIONS_CLIENT,
          FRONT_CLIENT,
          CONSOLE_CLIENT,
          "ingest");

  private static final String OFFICER = "security-officer";

  /** One person for each role, called like it. */
  public static final List<String> PEOPLE =
      List.of("marketer", "campaign-manager", "data-steward", "privacy-officer", OFFICER);

  private Realm() {}

  /** Where the person of a role logs in. */
  public static String clientOf(String role) {
    return role.equals(OFFICER) ? CONSOLE_CLIENT : FRONT_CLIENT;
  }

  /** A new secret for each of the names. */
  public static Map<String, String> newSecrets(List<String> names) {
    Map<String, String> secrets = new LinkedHashMap<>();
    names.forEach(name -> secrets.put(name, Secrets.random()));
    return secrets;
  }

  public static ObjectNode filled(
      ProjectHome home, Map<String, String> clientSecrets, Map<String, String> passwords) {
    String text = ProjectHome.read(home.realmFile());
    for (Map.Entry<String, String> client : clientSecrets.entrySet()) {
      text = text.replace(placeholder(client.getKey()), client.getValue());
    }
    if (text.contains("${")) {
      throw new PartFailedException(home.realmFile() + " has a placeholder that nobody fills.");
    }
    ObjectNode realm = parse(text);
    ArrayNode users = realm.withArrayProperty("users");
    passwords.forEach((name, password) -> users.add(person(name, password)));
    return realm;
  }

  static ObjectNode parse(String json) {
    try {
      JsonNode tree = Http.JSON.readTree(json);
      return (ObjectNode) tree;
    } catch (JsonProcessingException e) {
      throw new PartFailedException("The realm file is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** Without names and an address Keycloak calls an account unfinished and lets nobody in. */
  private static ObjectNode person(String role, String password) {
    ObjectNode user = Http.JSON.createObjectNode();
    user.put("username", role).put("enabled", true).put("emailVerified", true);
    user.put("email", role + "@tallykeep.test");
    user.put("firstName", "Local").put("lastName", role);
    user.withArrayProperty("realmRoles").add(role);
    // As everybody who is added later: whose sessions the key service may end.
    user.withArrayProperty("groups").add("/people");
    if (role.equals(OFFICER)) {
      // Out of that client's reach, whatever other group they are in.
      user.withArrayProperty("groups").add("/officers");
    }
    user.withArrayProperty("credentials")
        .addObject()
        .put("type", "password")
        .put("value", password)
        .put("temporary", false);
    return user;
  }

  private static String placeholder(String client) {
    return "${" + client.toUpperCase(Locale.ROOT).replace('-', '_') + "_SECRET}";
  }
}
