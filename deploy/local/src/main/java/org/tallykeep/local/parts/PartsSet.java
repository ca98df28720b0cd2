package org.tallykeep.local.parts;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** PostgreSQL, Keycloak and Vault on free ports with their data in one folder, for tests. */
public final class PartsSet implements AutoCloseable {

  private static final String VAULT_NAME = "vault";

  private final Path directory;
  private final ProjectHome home;
  private final List<Runnable> endings = new CopyOnWriteArrayList<>();

  private PartsSet(Path directory, ProjectHome home) {
    this.directory = directory;
    this.home = home;
  }

  /** Starts all three side by side; when one fails, the others are ended. */
  static Started start(Path directory, ProjectHome home) {
    PartsSet set = new PartsSet(directory.toAbsolutePath(), home);
    String postgresPassword = Secrets.random();
    Map<String, String> clientSecrets =
        Realm.newSecrets(
            Stream.concat(
                    Realm.CLIENTS.stream(),
                    Stream.of(TestKeycloak.SHORT_LIVED, TestKeycloak.FOREIGN))
                .toList());
    Map<String, String> userPasswords = Realm.newSecrets(Realm.PEOPLE);
    CompletableFuture<Integer> postgres =
        CompletableFuture.supplyAsync(() -> set.startPostgres(postgresPassword));
    CompletableFuture<Integer> keycloak =
        CompletableFuture.supplyAsync(() -> set.startKeycloak(clientSecrets, userPasswords));
    CompletableFuture<TestVault> vault =
        CompletableFuture.supplyAsync(() -> set.startVault(VAULT_NAME));
    try {
      CompletableFuture.allOf(postgres, keycloak, vault).join();
    } catch (CompletionException e) {
      set.close();
      throw e.getCause() instanceof PartFailedException known
          ? known
          : new PartFailedException("The test parts did not start.", e);
    }
    return new Started(
        set,
        new PartsFile(
            postgres.join(),
            postgresPassword,
            keycloak.join(),
            clientSecrets,
            userPasswords,
            vault.join().port(),
            vault.join().keys().unsealKey(),
            vault.join().keys().rootToken()));
  }

  /** A set that holds nothing yet. */
  static PartsSet empty(Path directory, ProjectHome home) {
    return new PartsSet(directory.toAbsolutePath(), home);
  }

  /** A running set and how to reach it. */
  record Started(PartsSet set, PartsFile description) {}

  TestVault startVault(String name) {
    Path data = directory.resolve(name);
    VaultPart part = new VaultPart(data, log(name), FreePorts.any(), FreePorts.any(), home);
    endLater(part.start(), VaultPart::stop);
    Vault server = new Vault(part.port());
    Vault.Keys keys = server.initialise();
    server.unseal(keys);
    return new TestVault(server, keys, home);
  }

  private int startPostgres(String password) {
    int port = FreePorts.any();
    endLater(
        new PostgresPart(directory.resolve("postgres"), log("postgres"), port, false)
            .start(password),
        PostgresPart::stop);
    return port;
  }

  private int startKeycloak(Map<String, String> clientSecrets, Map<String, String> passwords) {
    int port = FreePorts.any();
    String adminPassword = Secrets.random();
    endLater(
        new KeycloakPart(directory.resolve("keycloak"), log("keycloak"), port).start(adminPassword),
        KeycloakPart::stop);
    new Keycloak(port)
        .replaceRealm(adminPassword, TestRealm.filled(home, clientSecrets, passwords));
    return port;
  }

  private void endLater(Starting starting, Consumer<RunningProcess> stop) {
    endings.add(() -> stop.accept(starting.process()));
    starting.awaitReady();
  }

  void alsoEnd(Runnable ending) {
    endings.add(ending);
  }

  Path log(String name) {
    return directory.resolve("logs").resolve(name + ".log");
  }

  @Override
  public void close() {
    List<Runnable> latestFirst = new ArrayList<>(endings).reversed();
    latestFirst.forEach(Runnable::run);
    endings.clear();
    Cache.delete(directory);
  }
}
