package org.tallykeep.keyvault.root;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.tallykeep.envelope.AssociatedData;
import org.tallykeep.envelope.RecordNotOpenedException;
import org.tallykeep.envelope.SealedRecord;

/**
 * A signing key sealed under the local root key in a log beside it; made at the first start, by the
 * replica that is first. Each further entry is the same key under a newer root key.
 */
final class LocalSigningKey implements SigningKey {

  private static final String KEY_ID = "local-1";
  private static final AssociatedData PLACE =
      AssociatedData.of(
          "signing_key", UUID.fromString("b4a0f9a6-4a8e-4a52-8a40-6fb1d9e0c7a1"), "root", 1);

  private final PrivateKey privateKey;
  private final PublicKey publicKey;

  private LocalSigningKey(PrivateKey privateKey, PublicKey publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  static LocalSigningKey openOrCreate(LocalKeyStore store, Path directory) {
    LocalLog log = new LocalLog(directory);
    try (LocalVersions root = store.open()) {
      if (log.read(1).isEmpty()) {
        log.append(1, sealed(root, Ed25519.generate()));
      }
      return opened(root, log.read(newest(log)).orElseThrow());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("Cannot use the local signing key in " + directory, e);
    }
  }

  /** Seals the key in that folder under the root key's newest version, as a further entry. */
  static void renew(LocalKeyStore store, Path directory) {
    LocalLog log = new LocalLog(directory);
    try (LocalVersions root = store.open()) {
      long newest = newest(log);
      byte[] sealed = log.read(newest).orElseThrow();
      if (SealedRecord.keyOf(sealed).equals(root.newest().ref())) {
        return;
      }
      byte[] both = root.openRecord(PLACE, sealed);
      try {
        // When another replica appended the same meanwhile, that is as good.
        log.append(newest + 1, root.newest().seal(PLACE, both));
      } finally {
        Arrays.fill(both, (byte) 0);
      }
    }
  }

  private static long newest(LocalLog log) {
    long newest = 1;
    while (log.read(newest + 1).isPresent()) {
      newest++;
    }
    return newest;
  }

  @Override
  public Signature sign(byte[] message) {
    return new Signature(KEY_ID, Ed25519.sign(privateKey, message));
  }

  @Override
  public Map<String, PublicKey> publicKeys() {
    return Map.of(KEY_ID, publicKey);
  }

  /** Length of the public half in two bytes, the public half, the private half. */
  private static byte[] sealed(LocalVersions root, KeyPair pair) {
    byte[] shown = pair.getPublic().getEncoded();
    byte[] secret = pair.getPrivate().getEncoded();
    byte[] both =
        ByteBuffer.allocate(Short.BYTES + shown.length + secret.length)
            .putShort((short) shown.length)
            .put(shown)
            .put(secret)
            .array();
    try {
      return root.newest().seal(PLACE, both);
    } finally {
      Arrays.fill(secret, (byte) 0);
      Arrays.fill(both, (byte) 0);
    }
  }

  private static LocalSigningKey opened(LocalVersions root, byte[] sealed)
      throws IOException, GeneralSecurityException {
    byte[] both;
    try {
      both = root.openRecord(PLACE, sealed);
    } catch (RecordNotOpenedException e) {
      throw new IOException("it was not sealed under this root key", e);
    }
    int length = ByteBuffer.wrap(both).getShort();
    byte[] shown = Arrays.copyOfRange(both, Short.BYTES, Short.BYTES + length);
    byte[] secret = Arrays.copyOfRange(both, Short.BYTES + length, both.length);
    try {
      return new LocalSigningKey(Ed25519.privateKey(secret), Ed25519.publicKey(shown));
    } finally {
      Arrays.fill(secret, (byte) 0);
      Arrays.fill(both, (byte) 0);
    }
  }

  /** Says nothing about the key. */
  @Override
  public String toString() {
    return "LocalSigningKey";
  }
}
