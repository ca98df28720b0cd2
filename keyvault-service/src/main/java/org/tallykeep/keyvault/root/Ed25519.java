package org.tallykeep.keyvault.root;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** Ed25519 (RFC 8032) with the JDK's means. */
final class Ed25519 {

  private static final String NAME = "Ed25519";

  /** What stands before the 32 bytes of a public key in its X.509 form (RFC 8410). */
  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final int RAW_LENGTH = 32;

  private Ed25519() {}

  static KeyPair generate() throws GeneralSecurityException {
    return KeyPairGenerator.getInstance(NAME).generateKeyPair();
  }

  static byte[] sign(PrivateKey key, byte[] message) {
    try {
      Signature signature = Signature.getInstance(NAME);
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the signing key cannot sign", e);
    }
  }

  static PrivateKey privateKey(byte[] pkcs8) throws GeneralSecurityException {
    return KeyFactory.getInstance(NAME).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  static PublicKey publicKey(byte[] x509) throws GeneralSecurityException {
    return KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(x509));
  }

  /** From the 32 bytes that Vault shows. */
  static PublicKey publicKeyOfRaw(byte[] raw) throws GeneralSecurityException {
    if (raw.length != RAW_LENGTH) {
      throw new GeneralSecurityException("not an Ed25519 public key");
    }
    byte[] x509 = new byte[X509_PREFIX.length + RAW_LENGTH];
    System.arraycopy(X509_PREFIX, 0, x509, 0, X509_PREFIX.length);
    System.arraycopy(raw, 0, x509, X509_PREFIX.length, RAW_LENGTH);
    return publicKey(x509);
  }
}
