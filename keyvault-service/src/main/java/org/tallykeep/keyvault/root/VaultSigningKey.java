package org.tallykeep.keyvault.root;

import io.quarkus.vault.client.api.secrets.transit.VaultSecretsTransit;
import io.quarkus.vault.client.api.secrets.transit.VaultSecretsTransitKeyInfo;
import io.quarkus.vault.client.api.secrets.transit.VaultSecretsTransitSignParams;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The signing key in Vault's transit engine; its versions are named {@code v1}, {@code v2}, … */
final class VaultSigningKey implements SigningKey {

  private final Supplier<VaultSecretsTransit> transit;
  private final String key;
  private final VaultCalls calls;

  VaultSigningKey(Supplier<VaultSecretsTransit> transit, String key, VaultCalls calls) {
    this.transit = transit;
    this.key = key;
    this.calls = calls;
  }

  @Override
  public Signature sign(byte[] message) {
    var params = new VaultSecretsTransitSignParams().setInput(message);
    String[] parts =
        calls
            .answer(() -> transit.get().sign(key, params), VaultCalls::unavailable)
            .getSignature()
            .split(":", -1);
    if (parts.length != 3) {
      throw new RootUnavailable(null);
    }
    // vault:v1:base64
    return new Signature(parts[1], Base64.getDecoder().decode(parts[2]));
  }

  @Override
  public Map<String, PublicKey> publicKeys() {
    VaultSecretsTransitKeyInfo info =
        calls.answer(() -> transit.get().readKey(key), VaultCalls::unavailable);
    Map<String, PublicKey> keys = new TreeMap<>();
    info.getKeys()
        .forEach((version, shown) -> keys.put("v" + version, parsed(shown.getPublicKey())));
    return keys;
  }

  private PublicKey parsed(String base64) {
    try {
      return Ed25519.publicKeyOfRaw(Base64.getDecoder().decode(base64));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(key + " in Vault is no Ed25519 key", e);
    }
  }
}
