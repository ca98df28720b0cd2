package org.tallykeep.evidence;

import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.lang.JoseException;

/**
 * The public halves of the key service's signing key, by version: a JSON Web Key Set (RFC 7517)
 * with Ed25519 keys (RFC 8037).
 */
public final class SigningKeys {

  private final Map<String, PublicKey> keys;

  private SigningKeys(Map<String, PublicKey> keys) {
    this.keys = new TreeMap<>(keys);
  }

  /** By their names ({@code kid}). */
  public static SigningKeys of(Map<String, PublicKey> keys) {
    return new SigningKeys(keys);
  }

  /**
   * Reads a key set.
   *
   * @throws NotGenuine when it is none, or one of its keys has no name
   */
  public static SigningKeys parse(String jwks) {
    try {
      Map<String, PublicKey> keys = new TreeMap<>();
      for (JsonWebKey key : new JsonWebKeySet(jwks).getJsonWebKeys()) {
        if (!(key.getKey() instanceof PublicKey shown) || key.getKeyId() == null) {
          throw new NotGenuine("A key in the key set is not a public key with a name (kid).");
        }
        keys.put(key.getKeyId(), shown);
      }
      return new SigningKeys(keys);
    } catch (JoseException | RuntimeException e) {
      throw e instanceof NotGenuine known
          ? known
          : new NotGenuine("This is no JSON Web Key Set (RFC 7517).", e);
    }
  }

  /** As a JSON Web Key Set. */
  public String toJson() {
    List<JsonWebKey> shown = new ArrayList<>();
    keys.forEach(
        (id, key) -> {
          JsonWebKey jwk = jwk(key);
          jwk.setKeyId(id);
          jwk.setUse("sig");
          jwk.setAlgorithm(AlgorithmIdentifiers.EDDSA);
          shown.add(jwk);
        });
    return new JsonWebKeySet(shown).toJson();
  }

  Optional<PublicKey> named(String keyId) {
    return Optional.ofNullable(keys.get(keyId));
  }

  private static JsonWebKey jwk(PublicKey key) {
    try {
      return PublicJsonWebKey.Factory.newPublicJwk(key);
    } catch (JoseException e) {
      throw new IllegalArgumentException("not a key that signs with Ed25519", e);
    }
  }
}
