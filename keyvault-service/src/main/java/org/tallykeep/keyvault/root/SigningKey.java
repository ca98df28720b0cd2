package org.tallykeep.keyvault.root;

import java.security.PublicKey;
import java.util.Map;

/**
 * Signs for the key service: receipts, checkpoints of the audit, heads of the revocation ledger.
 * Ed25519; the private half never leaves its place. Anybody can check a signature with the public
 * half. Thread-safe.
 */
public interface SigningKey {

  /**
   * A signature.
   *
   * @param keyId the version of the key that made it, a name in {@link #publicKeys()}
   * @param bytes 64 bytes, as in RFC 8032
   */
  record Signature(String keyId, byte[] bytes) {
    @Override
    public String toString() {
      return "Signature[" + keyId + "]";
    }
  }

  /**
   * Signs with the newest version of the key.
   *
   * @throws RootUnavailable when the key cannot be used now
   */
  Signature sign(byte[] message);

  /**
   * The public halves of all versions, by their names.
   *
   * @throws RootUnavailable when they cannot be read now
   */
  Map<String, PublicKey> publicKeys();
}
