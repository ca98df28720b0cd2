package org.tallykeep.customer.platform;

import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.SealingKey;

/** The purpose keys of a customer who is just being made; closed when the rows are sealed. */
public record SubjectKeys(
    KeyRef ref, SealingKey identity, SealingKey contact, SealingKey mask, SealingKey link)
    implements AutoCloseable {

  @Override
  public void close() {
    identity.close();
    contact.close();
    mask.close();
    link.close();
  }
}
