package org.tallykeep.keyvault.person;

import org.tallykeep.envelope.KeyRef;

/** A subject or pseudonym key as stored. */
record PersonKeyRow(KeyRef ref, KeyRef branch, byte[] wrapped) {

  @Override
  public String toString() {
    return "PersonKeyRow";
  }
}
