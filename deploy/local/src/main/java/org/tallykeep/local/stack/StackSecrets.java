package org.tallykeep.local.stack;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tallykeep.local.parts.Realm;
import org.tallykeep.local.parts.Secrets;
import org.tallykeep.local.parts.Vault;
import org.tallykeep.local.parts.VaultSetup.KeyServiceLogin;

/**
 * The secrets of one local stack, made at its first start. Among them are those that open its Vault
 * and its local root key: on one machine, for a first look, they lie in a file beside the data.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StackSecrets(
    String postgresPassword,
    String keycloakAdminPassword,
    String localRootPassword,
    Map<String, String> databasePasswords,
    Map<String, String> clientSecrets,
    Map<String, String> peoplePasswords,
    Vault.@Nullable Keys vaultKeys,
    @Nullable KeyServiceLogin vaultLogin) {

  static final List<String> DATABASES = List.of("keyvault", "customer", "analytics");

  StackSecrets {
    databasePasswords = Map.copyOf(databasePasswords);
    clientSecrets = Map.copyOf(clientSecrets);
    peoplePasswords = Map.copyOf(peoplePasswords);
  }

  @Override
  public String toString() {
    return "StackSecrets[]";
  }

  static StackSecrets generate() {
    return new StackSecrets(
        Secrets.random(),
        Secrets.random(),
        Secrets.random(),
        Realm.newSecrets(DATABASES),
        Realm.newSecrets(Realm.CLIENTS),
        Realm.newSecrets(Realm.PEOPLE),
        null,
        null);
  }

  /** Whether every client of the realm has one. */
  boolean isComplete() {
    return clientSecrets.keySet().containsAll(Realm.CLIENTS);
  }

  /** With secrets for clients that came into the realm after the stack was made. */
  StackSecrets completed() {
    Map<String, String> all = new HashMap<>(Realm.newSecrets(Realm.CLIENTS));
    all.putAll(clientSecrets);
    return new StackSecrets(
        postgresPassword,
        keycloakAdminPassword,
        localRootPassword,
        databasePasswords,
        all,
        peoplePasswords,
        vaultKeys,
        vaultLogin);
  }

  StackSecrets withVaultKeys(Vault.Keys keys) {
    return new StackSecrets(
        postgresPassword,
        keycloakAdminPassword,
        localRootPassword,
        databasePasswords,
        clientSecrets,
        peoplePasswords,
        keys,
        vaultLogin);
  }

  StackSecrets withVaultLogin(KeyServiceLogin login) {
    return new StackSecrets(
        postgresPassword,
        keycloakAdminPassword,
        localRootPassword,
        databasePasswords,
        clientSecrets,
        peoplePasswords,
        vaultKeys,
        login);
  }
}
