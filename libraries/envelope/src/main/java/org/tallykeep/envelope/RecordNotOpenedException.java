package org.tallykeep.envelope;

/**
 * A sealed record that does not open. The same for every reason, without cause or detail:
 * malformed, another key, another place, changed, truncated. Telling them apart would help only a
 * forger.
 */
public final class RecordNotOpenedException extends EnvelopeException {
  private static final long serialVersionUID = 1L;

  RecordNotOpenedException() {
    super("the record does not open");
  }
}
