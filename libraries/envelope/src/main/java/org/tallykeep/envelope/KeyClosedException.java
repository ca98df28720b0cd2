package org.tallykeep.envelope;

/** A key handle that was used after {@code close()}. */
public final class KeyClosedException extends EnvelopeException {
  private static final long serialVersionUID = 1L;

  KeyClosedException() {
    super("the key was closed");
  }
}
