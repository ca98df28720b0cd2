package org.tallykeep.evidence;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.UUID;

/**
 * An entry of the audit trail as stored: a link in its lane's chain. The chain runs over what is
 * stored, so checking it needs no key.
 *
 * @param sequence from 0, without gaps
 * @param previous the hash before, 32 bytes; zeros in the first
 * @param hash 32 bytes
 * @param body sealed: who, what and when
 */
public record AuditEntry(UUID lane, long sequence, byte[] previous, byte[] hash, byte[] body) {

  /** The length of a hash, in bytes. */
  public static final int HASH_LENGTH = Sha256.LENGTH;

  private static final String DOMAIN = "tallykeep audit entry v1";

  /** The entry after {@code previous} with its hash. */
  public static AuditEntry chained(UUID lane, long sequence, byte[] previous, byte[] body) {
    return new AuditEntry(lane, sequence, previous, hash(lane, sequence, previous, body), body);
  }

  boolean hashIsRight() {
    return MessageDigest.isEqual(hash, hash(lane, sequence, previous, body));
  }

  private static byte[] hash(UUID lane, long sequence, byte[] previous, byte[] body) {
    byte[] place =
        ByteBuffer.allocate(3 * Long.BYTES)
            .putLong(lane.getMostSignificantBits())
            .putLong(lane.getLeastSignificantBits())
            .putLong(sequence)
            .array();
    // Of fixed length, and the body comes last: no two entries have the same input.
    return Sha256.of(DOMAIN, place, previous, body);
  }

  @Override
  public String toString() {
    return "AuditEntry[" + lane + " " + sequence + "]";
  }
}
