package org.tallykeep.customer.consent;

import java.util.UUID;
import org.tallykeep.customer.rekey.KeysOfPart;
import org.tallykeep.envelope.AssociatedData;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.SealedRecord;
import org.tallykeep.envelope.SealingKey;

/** A customer's consents as they stand in their row. */
record SealedConsents(UUID customer, int revision, byte[] sealed) {

  /** Before there is a row. */
  static final int NO_REVISION = 0;

  static SealedConsents seal(SealingKey key, UUID customer, int revision, ConsentHistory history) {
    return new SealedConsents(
        customer, revision, key.seal(place(customer, revision), ConsentCodec.write(history)));
  }

  ConsentHistory open(SealingKey key) {
    return ConsentCodec.read(key.open(place(customer, revision), sealed));
  }

  /** The version of the customer's key that they are under. */
  KeyRef key() {
    return SealedRecord.keyOf(sealed);
  }

  /** The same under the newer key. */
  SealedConsents reseal(KeyRef newer, KeysOfPart keys) {
    return new SealedConsents(
        customer, revision, keys.reseal(place(customer, revision), sealed, key(), newer));
  }

  private static AssociatedData place(UUID customer, int revision) {
    return AssociatedData.of("customer", customer, "consent", revision);
  }

  @Override
  public String toString() {
    return "SealedConsents";
  }
}
