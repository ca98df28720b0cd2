package org.tallykeep.customer.purchaser;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.envelope.AssociatedData;
import org.tallykeep.envelope.SealingKey;

/**
 * The sealed way from a purchaser to a customer, or a dummy that looks the same from outside: one
 * byte that says which, and 16 of an id or of noise.
 *
 * <p>The revision is always 1. A counter of the mixer's visits would be an age in plain sight; that
 * an old record could be put back in its place gains nothing, as it opens to the same customer or
 * to a dummy.
 */
final class Reidentification {

  private static final byte DUMMY = 0;
  private static final byte CUSTOMER = 1;
  private static final int LENGTH = 1 + 2 * Long.BYTES;

  private Reidentification() {}

  static byte[] sealDummy(SealingKey key, UUID purchaser, SecureRandom random) {
    byte[] noise = new byte[LENGTH];
    random.nextBytes(noise);
    noise[0] = DUMMY;
    return key.seal(place(purchaser), noise);
  }

  static byte[] sealCustomer(SealingKey key, UUID purchaser, UUID customer) {
    byte[] value =
        ByteBuffer.allocate(LENGTH)
            .put(CUSTOMER)
            .putLong(customer.getMostSignificantBits())
            .putLong(customer.getLeastSignificantBits())
            .array();
    return key.seal(place(purchaser), value);
  }

  /** The same value under a new nonce, dummy or not. */
  static byte[] reseal(SealingKey key, UUID purchaser, byte[] record) {
    return key.seal(place(purchaser), key.open(place(purchaser), record));
  }

  /** The customer, or nothing if this is a dummy. */
  static Optional<UUID> open(SealingKey key, UUID purchaser, byte[] record) {
    ByteBuffer value = ByteBuffer.wrap(key.open(place(purchaser), record));
    return value.get() == CUSTOMER
        ? Optional.of(new UUID(value.getLong(), value.getLong()))
        : Optional.empty();
  }

  static AssociatedData place(UUID purchaser) {
    return AssociatedData.of("purchaser", purchaser, "reidentify", 1);
  }
}
