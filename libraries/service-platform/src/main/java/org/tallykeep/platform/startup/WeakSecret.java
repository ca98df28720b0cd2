package org.tallykeep.platform.startup;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whether a secret could be guessed. Knows nothing of where it came from and never shows it. */
public final class WeakSecret {

  /** 16 characters drawn from 64 are 96 bits: out of reach even off line. */
  static final int SHORTEST = 16;

  private static final int FEWEST_DIFFERENT = 6;

  private static final Set<String> WELL_KNOWN =
      Set.of(
          "secret",
          "changeme",
          "changeit",
          "password",
          "passw0rd",
          "default",
          "admin",
          "root",
          "keycloak",
          "postgres",
          "quarkus",
          "tallykeep",
          "vault",
          "test",
          "example",
          "token");

  private WeakSecret() {}

  /** Says what is wrong with the secret, or is empty. */
  public static Optional<String> why(String secret) {
    if (secret.isBlank()) {
      return Optional.of("the secret is blank: set one");
    }
    if (isWellKnown(secret)) {
      return Optional.of("the secret is a well-known default: generate one");
    }
    if (secret.strip().length() < SHORTEST) {
      return Optional.of("the secret has fewer than " + SHORTEST + " characters: generate one");
    }
    if (secret.chars().distinct().count() < FEWEST_DIFFERENT) {
      return Optional.of("the secret repeats a few characters: generate one");
    }
    return Optional.empty();
  }

  /** Well-known words stay guessable when repeated or dressed up with digits and punctuation. */
  private static boolean isWellKnown(String secret) {
    String bare = secret.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    if (bare.isEmpty()) {
      return false;
    }
    for (String word : WELL_KNOWN) {
      bare = bare.replace(word, "");
    }
    return bare.length() <= 2 && secret.length() < 2 * SHORTEST;
  }
}
