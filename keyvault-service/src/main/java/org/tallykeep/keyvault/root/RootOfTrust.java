package org.tallykeep.keyvault.root;

import io.quarkus.vault.client.VaultClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.function.Supplier;

/** What lies outside the database and is trusted: all of it in Vault, or all in local files. */
record RootOfTrust(RootKey rootKey, SigningKey signingKey, AppendOnlyLogs logs) {

  /**
   * In Vault.
   *
   * @param vault asked for at each call, so that a service whose Vault is away still starts
   */
  static RootOfTrust inVault(RootConfig config, Supplier<VaultClient> vault) {
    VaultCalls calls = new VaultCalls(config.timeout());
    return new RootOfTrust(
        new VaultRoot(
            () -> vault.get().secrets().transit(config.transitMount()), config.transitKey(), calls),
        new VaultSigningKey(
            () -> vault.get().secrets().transit(config.transitMount()), config.signingKey(), calls),
        name -> new VaultLog(() -> vault.get().secrets().kv2(config.logMount()), name, calls));
  }

  /** In files: the key store, and beside it a folder for each log. */
  static RootOfTrust inFiles(Path keyStore, String password) {
    Path file = keyStore.toAbsolutePath();
    Path signing = file.resolveSibling("signing-key");
    LocalKeyStore root = new LocalKeyStore(file, password, new SecureRandom()).created();
    return new RootOfTrust(
        new LocalRoot(root, () -> LocalSigningKey.renew(root, signing)),
        LocalSigningKey.openOrCreate(root, signing),
        name -> new LocalLog(file.resolveSibling(name)));
  }
}
