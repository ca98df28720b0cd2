package org.tallykeep.keyvault.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** An entry as stored. The chain runs over what is stored, so checking it needs no key. */
record AuditRow(UUID lane, long sequence, byte[] previous, byte[] hash, byte[] body) {

  static final int HASH_LENGTH = 32;
  private static final byte[] DOMAIN =
      "tallykeep audit entry v1".getBytes(StandardCharsets.US_ASCII);

  /** The entry after {@code previous} with its hash. */
  static AuditRow chained(UUID lane, long sequence, byte[] previous, byte[] body) {
    return new AuditRow(lane, sequence, previous, hash(lane, sequence, previous, body), body);
  }

  boolean hashIsRight() {
    return MessageDigest.isEqual(hash, hash(lane, sequence, previous, body));
  }

  private static byte[] hash(UUID lane, long sequence, byte[] previous, byte[] body) {
    ByteBuffer place =
        ByteBuffer.allocate(3 * Long.BYTES)
            .putLong(lane.getMostSignificantBits())
            .putLong(lane.getLeastSignificantBits())
            .putLong(sequence);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(DOMAIN);
      digest.update(place.array());
      // Of fixed length, and the body comes last: no two entries have the same input.
      digest.update(previous);
      return digest.digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "AuditRow[" + lane + " " + sequence + "]";
  }
}
