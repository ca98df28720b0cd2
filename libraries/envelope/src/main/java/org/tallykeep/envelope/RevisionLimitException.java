package org.tallykeep.envelope;

/**
 * A record whose revision is past {@link SealingKey#LAST_REVISION}. It needs a new version of its
 * key before it can change again.
 */
public final class RevisionLimitException extends EnvelopeException {
  private static final long serialVersionUID = 1L;

  RevisionLimitException() {
    super("the record has reached its last revision under this key: re-key it");
  }
}
