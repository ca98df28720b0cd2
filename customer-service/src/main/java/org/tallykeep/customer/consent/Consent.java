package org.tallykeep.customer.consent;

import java.time.Instant;
import java.util.Comparator;

/**
 * What a customer said about one purpose.
 *
 * @param purpose a kebab-case name
 * @param source where they said it
 * @param at when they said it, in whole milliseconds
 * @param wording the version of the text that they were shown
 */
public record Consent(
    String purpose, Decision decision, String source, Instant at, String wording) {

  /** The purpose without which nothing is predicted of a person. */
  static final String PROFILING = "profiling";

  /** What counts comes last. */
  static final Comparator<Consent> BY_WEIGHT =
      Comparator.comparing(Consent::at).thenComparing(Consent::decision);

  boolean isAllowed() {
    return decision == Decision.GRANTED;
  }

  /** Says nothing of the person. */
  @Override
  public String toString() {
    return "Consent[…]";
  }
}
