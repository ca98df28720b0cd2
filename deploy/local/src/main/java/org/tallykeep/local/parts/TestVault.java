package org.tallykeep.local.parts;

import java.util.UUID;
import org.tallykeep.local.parts.VaultSetup.KeyServiceLogin;

/** Vault for tests: initialised and unsealed. */
public final class TestVault {

  private final Vault server;
  private final Vault.Keys keys;
  private final ProjectHome home;

  TestVault(Vault server, Vault.Keys keys, ProjectHome home) {
    this.server = server;
    this.keys = keys;
    this.home = home;
  }

  public String url() {
    return server.url();
  }

  public String rootToken() {
    return keys.rootToken();
  }

  /** A log-in with the key service's policy, and a transit key and a KV mount of its own. */
  public KeyServiceLogin newKeyServiceLogin() {
    String ending = UUID.randomUUID().toString().substring(0, 8);
    return new VaultSetup(server, keys.rootToken(), home).keyService("-" + ending);
  }

  /** Lets a service account in as that key service. */
  public void trustServiceAccount(KeyServiceLogin login, String subject, String publicKey) {
    new VaultSetup(server, keys.rootToken(), home).trustServiceAccount(login, subject, publicKey);
  }

  /** Only on a Vault of one's own ({@link TestParts#newVault()}): others use the shared one. */
  public void seal() {
    server.seal(keys);
  }

  public void unseal() {
    server.unseal(keys);
  }

  Vault.Keys keys() {
    return keys;
  }

  int port() {
    return server.port();
  }
}
