package org.tallykeep.envelope;

/** A wrapped key that does not open. The same for every reason, without cause or detail. */
public final class KeyNotUnwrappedException extends EnvelopeException {
  private static final long serialVersionUID = 1L;

  KeyNotUnwrappedException() {
    super("the wrapped key does not open");
  }
}
