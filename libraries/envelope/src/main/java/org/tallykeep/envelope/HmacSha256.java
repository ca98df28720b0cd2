package org.tallykeep.envelope;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** HMAC with SHA-256 (RFC 2104). */
final class HmacSha256 {
  static final String ALGORITHM = "HmacSHA256";

  private HmacSha256() {}

  /** The code of the parts one after the other; a caller makes them unambiguous. */
  static byte[] mac(SecretKey key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no " + ALGORITHM, e);
    }
  }
}
