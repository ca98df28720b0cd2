package org.tallykeep.keyvault.root;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What every signing key does, wherever it lives. */
abstract class SigningContract {

  private static final byte[] MESSAGE = "a receipt".getBytes(UTF_8);

  abstract SigningKey key();

  @Test
  void whatItSignsIsCheckedWithThePublicKeyItNames() throws Exception {
    SigningKey.Signature made = key().sign(MESSAGE);
    assertThat(verifies(MESSAGE, made.bytes(), shown(made))).isTrue();
  }

  @Test
  void anotherMessageDoesNotHaveThatSignature() throws Exception {
    SigningKey.Signature made = key().sign(MESSAGE);
    PublicKey shown = shown(made);
    assertThat(verifies("a receipT".getBytes(UTF_8), made.bytes(), shown)).isFalse();
    byte[] changed = made.bytes().clone();
    changed[3] ^= 1;
    assertThat(verifies(MESSAGE, changed, shown)).isFalse();
  }

  @Test
  void thePublicKeysStayTheSame() {
    Map<String, PublicKey> before = key().publicKeys();
    key().sign(MESSAGE);
    assertThat(key().publicKeys()).isEqualTo(before).isNotEmpty();
  }

  private PublicKey shown(SigningKey.Signature made) {
    return Objects.requireNonNull(key().publicKeys().get(made.keyId()));
  }

  private static boolean verifies(byte[] message, byte[] signature, PublicKey key)
      throws Exception {
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(key);
    verifier.update(message);
    try {
      return verifier.verify(signature);
    } catch (SignatureException notEvenAPoint) {
      return false;
    }
  }
}
