package org.tallykeep.customer.platform;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;

/** The randomness that decides who gets which purchaser, for injection. */
final class Randomness {

  Randomness() {}

  @Produces
  @Singleton
  static SecureRandom secureRandom() {
    return new SecureRandom();
  }
}
