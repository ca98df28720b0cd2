package org.tallykeep.keyvault.client;

/**
 * No live key of the data set has the name that a record's header gives: destroyed, or the header
 * was tampered with. Treat it like a record that does not open.
 */
public final class KeyNotKnownException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public KeyNotKnownException() {
    super("the record names no live key of its data set");
  }
}
