package org.tallykeep.customer.profile;

import java.util.UUID;
import org.tallykeep.envelope.AssociatedData;
import org.tallykeep.envelope.KeyRef;

/** A customer as they stand in their row. */
record CustomerRow(
    UUID id, KeyRef key, int revision, byte[] identity, byte[] contact, byte[] mask) {

  static final int FIRST_REVISION = 1;

  /** Where a sealed field of a customer belongs. */
  static AssociatedData place(UUID customer, String field, int revision) {
    return AssociatedData.of("customer", customer, field, revision);
  }

  AssociatedData place(String field) {
    return place(id, field, revision);
  }

  @Override
  public String toString() {
    return "CustomerRow";
  }
}
