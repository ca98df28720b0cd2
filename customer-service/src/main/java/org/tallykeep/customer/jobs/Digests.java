package org.tallykeep.customer.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** By which two bodies are told apart. */
final class Digests {

  private Digests() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Of a body that is needed for nothing else. */
  static byte[] of(InputStream body) throws IOException {
    DigestInputStream digesting = new DigestInputStream(body, sha256());
    digesting.transferTo(OutputStream.nullOutputStream());
    return digesting.getMessageDigest().digest();
  }
}
