package org.tallykeep.local.stack;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tallykeep.local.parts.Keycloak;
import org.tallykeep.local.parts.PartFailedException;
import org.tallykeep.local.parts.Postgres;
import org.tallykeep.local.parts.Realm;

/** A stack that runs, as its user sees it: addresses, log-ins, tokens, connections. */
public final class StackAccess {

  /** The machine that brings purchases and profiles in. */
  public static final String INGEST = "ingest";

  private final StackState state;
  private final StackSecrets secrets;

  private StackAccess(StackState state, StackSecrets secrets) {
    this.state = state;
    this.secrets = secrets;
  }

  public static StackAccess to(StateFolder folder) {
    StackState state =
        folder
            .state()
            .filter(StackState::anyAlive)
            .orElseThrow(
                () ->
                    new PartFailedException(
                        "No stack runs here; ./tallykeep up --detach starts one."));
    return new StackAccess(state, StateStore.open(folder, state).secrets());
  }

  public static List<String> roles() {
    return Stream.concat(Realm.PEOPLE.stream(), Stream.of(INGEST)).toList();
  }

  public String url(Part part) {
    return part.url(state.portBase());
  }

  /** A new access token for a person's role, or for the ingesting machine. */
  public String token(String role) {
    Keycloak keycloak = new Keycloak(Part.KEYCLOAK.port(state.portBase()));
    if (role.equals(INGEST)) {
      return keycloak.clientToken(INGEST, known(secrets.clientSecrets(), INGEST));
    }
    if (!Realm.PEOPLE.contains(role)) {
      throw new PartFailedException(
          "There is no role " + role + "; the roles are " + String.join(", ", roles()) + ".");
    }
    return keycloak.userToken(
        Realm.FRONT_CLIENT,
        known(secrets.clientSecrets(), Realm.FRONT_CLIENT),
        role,
        known(secrets.peoplePasswords(), role));
  }

  /** How many connections each database of the stack has. */
  Map<String, Integer> databaseConnections() {
    if (state.alive(Part.POSTGRESQL).isEmpty()) {
      return Map.of();
    }
    Map<String, Integer> all =
        new Postgres(Part.POSTGRESQL.port(state.portBase()), secrets.postgresPassword())
            .connections();
    Map<String, Integer> ours = new TreeMap<>();
    StackSecrets.DATABASES.forEach(name -> ours.put(name, all.getOrDefault(name, 0)));
    return ours;
  }

  private static String known(Map<String, String> all, String name) {
    String secret = all.get(name);
    if (secret == null) {
      throw new PartFailedException(
          "The stack's secrets do not know " + name + "; ./tallykeep up --fresh makes new ones.");
    }
    return secret;
  }
}
