package org.tallykeep.envelope;

/** What can go wrong with a key in hand. Messages hold no secret and no personal value. */
public abstract sealed class EnvelopeException extends RuntimeException
    permits KeyClosedException,
        KeyNotUnwrappedException,
        LeaseExhaustedException,
        RecordNotOpenedException,
        RevisionLimitException {
  private static final long serialVersionUID = 1L;

  EnvelopeException(String message) {
    super(message);
  }
}
