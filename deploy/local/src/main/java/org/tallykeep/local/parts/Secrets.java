package org.tallykeep.local.parts;

import java.security.SecureRandom;
import java.util.Base64;

/** Random secrets for processes of this machine. */
public final class Secrets {

  private static final SecureRandom RANDOM = new SecureRandom();

  private Secrets() {}

  /** 192 random bits in letters that need no escaping in a URL, a shell or JSON. */
  public static String random() {
    byte[] bytes = new byte[24];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
