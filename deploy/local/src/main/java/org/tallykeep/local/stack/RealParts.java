package org.tallykeep.local.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tallykeep.local.parts.Cache;
import org.tallykeep.local.parts.Keycloak;
import org.tallykeep.local.parts.KeycloakPart;
import org.tallykeep.local.parts.PartFailedException;
import org.tallykeep.local.parts.Postgres;
import org.tallykeep.local.parts.PostgresPart;
import org.tallykeep.local.parts.ProjectHome;
import org.tallykeep.local.parts.Realm;
import org.tallykeep.local.parts.Starting;
import org.tallykeep.local.parts.Vault;
import org.tallykeep.local.parts.VaultPart;
import org.tallykeep.local.parts.VaultSetup;

/** PostgreSQL, Keycloak and Vault of a stack, with what the services need inside them. */
final class RealParts {

  private static final Duration SAID_AFTER = Duration.ofSeconds(2);

  private final Console console;
  private final ProjectHome home;
  private final StateFolder folder;
  private final StateStore store;
  private final PartStarter starter;

  RealParts(
      ProjectHome home,
      StateFolder folder,
      StateStore store,
      PartStarter starter,
      Console console) {
    this.console = console;
    this.home = home;
    this.folder = folder;
    this.store = store;
    this.starter = starter;
  }

  /**
   * Fetches and builds what this machine does not have yet: before anything is started, so that
   * nothing that waits for the others gives up meanwhile.
   */
  void programs(ExecutorService threads) {
    List<CompletableFuture<?>> all = new ArrayList<>();
    all.add(CompletableFuture.runAsync(KeycloakPart::program, threads));
    if (store.state().vault()) {
      all.add(CompletableFuture.runAsync(() -> VaultPart.program(home), threads));
    }
    CompletableFuture<Void> there = CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    try {
      there.get(SAID_AFTER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      console.line("  Fetching and building Keycloak or Vault, once: some minutes");
      there.join();
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PartFailedException("Interrupted.", e);
    }
  }

  void postgres() {
    Part part = Part.POSTGRESQL;
    String password = store.secrets().postgresPassword();
    int port = port(part);
    starter.ensure(
        part,
        () -> new PostgresPart(folder.data(part), folder.log(part), port, true).start(password),
        () ->
            store
                .secrets()
                .databasePasswords()
                .forEach((name, secret) -> new Postgres(port, password).database(name, secret)));
  }

  void keycloak() {
    Part part = Part.KEYCLOAK;
    starter.ensure(part, () -> startKeycloak(part), this::bringRealm);
  }

  /** A Keycloak that was ended while it made its tables does not get over it: it begins anew. */
  private Starting startKeycloak(Part part) {
    Path data = folder.data(part);
    if (store.state().realmHash() == null) {
      Cache.delete(data);
    }
    return new KeycloakPart(data, folder.log(part), port(part))
        .start(store.secrets().keycloakAdminPassword());
  }

  private void bringRealm() {
    StackSecrets secrets = store.secrets();
    Keycloak keycloak = new Keycloak(port(Part.KEYCLOAK));
    String hash = hash(home.realmFile());
    if (!Objects.equals(hash, store.state().realmHash())) {
      keycloak.replaceRealm(
          secrets.keycloakAdminPassword(),
          Realm.filled(home, secrets.clientSecrets(), secrets.peoplePasswords()));
      store.change(state -> state.withRealm(hash));
    }
  }

  void vault() {
    Part part = Part.VAULT;
    int clusterPort = store.state().portBase() + Part.VAULT_CLUSTER_OFFSET;
    starter.ensure(
        part,
        () ->
            new VaultPart(folder.data(part), folder.log(part), port(part), clusterPort, home)
                .start(),
        this::openVault);
  }

  private void openVault() {
    Vault vault = new Vault(port(Part.VAULT));
    if (!vault.isInitialised()) {
      Vault.Keys made = vault.initialise();
      store.changeSecrets(secrets -> secrets.withVaultKeys(made));
    }
    Vault.Keys keys = store.secrets().vaultKeys();
    if (keys == null) {
      throw new PartFailedException(
          "Vault's storage was made, but its keys were not kept: the state is half-made."
              + " ./tallykeep up --fresh starts over, without its data.");
    }
    if (vault.isSealed()) {
      vault.unseal(keys);
    }
    if (store.secrets().vaultLogin() == null) {
      VaultSetup setup = new VaultSetup(vault, keys.rootToken(), home);
      setup.auditTo(folder.vaultAudit());
      VaultSetup.KeyServiceLogin login = setup.keyService("");
      store.changeSecrets(secrets -> secrets.withVaultLogin(login));
    }
  }

  private int port(Part part) {
    return part.port(store.state().portBase());
  }

  private static String hash(Path file) {
    try {
      byte[] content = Files.readString(file).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new PartFailedException(file + " cannot be read.", e);
    }
  }
}
