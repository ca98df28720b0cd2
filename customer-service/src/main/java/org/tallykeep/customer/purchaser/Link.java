package org.tallykeep.customer.purchaser;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.tallykeep.customer.rekey.KeysOfPart;
import org.tallykeep.envelope.AssociatedData;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.SealedRecord;
import org.tallykeep.envelope.SealingKey;

/** The sealed way from a customer to their purchaser, as it stands in its row. */
record Link(UUID customer, int revision, byte[] sealed) {

  static final int FIRST_REVISION = 1;

  static Link seal(SealingKey key, UUID customer, UUID purchaser) {
    return seal(key, customer, FIRST_REVISION, purchaser);
  }

  /** In the same row, to a purchaser. */
  Link to(SealingKey key, UUID purchaser) {
    return seal(key, customer, revision, purchaser);
  }

  private static Link seal(SealingKey key, UUID customer, int revision, UUID purchaser) {
    byte[] value =
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(purchaser.getMostSignificantBits())
            .putLong(purchaser.getLeastSignificantBits())
            .array();
    return new Link(customer, revision, key.seal(place(customer, revision), value));
  }

  /** The key that opens it. */
  KeyRef key() {
    return SealedRecord.keyOf(sealed);
  }

  UUID open(SealingKey key) {
    ByteBuffer value = ByteBuffer.wrap(key.open(place(customer, revision), sealed));
    return new UUID(value.getLong(), value.getLong());
  }

  /** The same under the newer key. */
  Link reseal(KeyRef newer, KeysOfPart keys) {
    return new Link(
        customer, revision, keys.reseal(place(customer, revision), sealed, key(), newer));
  }

  private static AssociatedData place(UUID customer, int revision) {
    return AssociatedData.of("customer", customer, "link", revision);
  }

  @Override
  public String toString() {
    return "Link";
  }
}
