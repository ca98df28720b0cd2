package org.tallykeep.local.stack;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tallykeep.local.Endpoints;
import org.tallykeep.local.parts.Database;
import org.tallykeep.local.parts.Keycloak;
import org.tallykeep.local.parts.PartFailedException;
import org.tallykeep.local.parts.Postgres;
import org.tallykeep.local.parts.Realm;
import org.tallykeep.local.parts.Vault;

/** A stack that runs, as its user sees it: addresses, log-ins, tokens, connections. */
public final class StackAccess implements Endpoints {

  /** The machine that brings purchases and profiles in. */
  public static final String INGEST = "ingest";

  private static final Duration KEEP = Duration.ofMinutes(5);

  private final Map<String, Kept> tokens = new HashMap<>();
  private final StackState state;
  private final StackSecrets secrets;

  private record Kept(String token, long since) {
    @Override
    public String toString() {
      return "Kept[]";
    }
  }

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

  @Override
  public URI customerService() {
    return URI.create(Part.CUSTOMER_SERVICE.url(state.portBase()));
  }

  @Override
  public URI analyticsService() {
    return URI.create(Part.ANALYTICS_SERVICE.url(state.portBase()));
  }

  /** For a person's role or the ingesting machine; kept for a third of its life. */
  @Override
  public synchronized String token(String role) {
    Kept kept = tokens.get(role);
    if (kept == null || System.nanoTime() - kept.since() > KEEP.toNanos()) {
      kept = new Kept(newToken(role), System.nanoTime());
      tokens.put(role, kept);
    }
    return kept.token();
  }

  private String newToken(String role) {
    Keycloak keycloak = new Keycloak(Part.KEYCLOAK.port(state.portBase()));
    if (role.equals(INGEST)) {
      return keycloak.clientToken(INGEST, known(secrets.clientSecrets(), INGEST));
    }
    if (!Realm.PEOPLE.contains(role)) {
      throw new PartFailedException(
          "There is no role " + role + "; the roles are " + String.join(", ", roles()) + ".");
    }
    String client = Realm.clientOf(role);
    return keycloak.userToken(
        client,
        known(secrets.clientSecrets(), client),
        role,
        known(secrets.peoplePasswords(), role));
  }

  /** A service's own token, for benchmarks and drills that play its part. */
  public String serviceToken(String client) {
    return new Keycloak(Part.KEYCLOAK.port(state.portBase()))
        .clientToken(client, known(secrets.clientSecrets(), client));
  }

  public URI keyService() {
    return URI.create(Part.KEYVAULT_SERVICE.url(state.portBase()));
  }

  public URI vault() {
    return URI.create(Part.VAULT.url(state.portBase()));
  }

  /** For benchmarks that compare with the database itself. */
  public Database customerDatabase() {
    return new Database(
        "jdbc:postgresql://127.0.0.1:" + Part.POSTGRESQL.port(state.portBase()) + "/customer",
        "customer",
        known(secrets.databasePasswords(), "customer"));
  }

  /** Opens everything in the stack's Vault. */
  public String vaultRootToken() {
    Vault.Keys keys = secrets.vaultKeys();
    if (keys == null) {
      throw new PartFailedException("This stack has no Vault; ./tallykeep up --vault makes one.");
    }
    return keys.rootToken();
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
