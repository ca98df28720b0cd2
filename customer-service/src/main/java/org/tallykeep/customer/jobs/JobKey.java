package org.tallykeep.customer.jobs;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import org.tallykeep.customer.platform.DatasetRecords;
import org.tallykeep.envelope.AssociatedData;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.MacKey;
import org.tallykeep.envelope.MessageLease;
import org.tallykeep.envelope.SealingKey;

/**
 * A key of this service's own: 32 random bytes that stand nowhere but sealed under the dataset key
 * {@code ledger}. It seals what a job has staged and gives the ids of what its rows become. The
 * only class here that makes a key from bytes.
 */
final class JobKey implements AutoCloseable {

  private static final String PURPOSE = "ledger";
  private static final int LENGTH = 32;

  private final UUID owner;
  private final SealingKey sealing;
  private final MacKey codes;

  private JobKey(UUID owner, byte[] key32) {
    this.owner = owner;
    KeyRef ref = new KeyRef(owner, 1);
    byte[] copy = key32.clone();
    this.sealing =
        SealingKey.takeOwnershipOf(ref, copy, MessageLease.of(MessageLease.MAX_MESSAGES));
    this.codes = MacKey.takeOwnershipOf(ref, key32, "import-job");
  }

  /** Makes a new key, sealed as it is stored. */
  static byte[] make(DatasetRecords records, UUID owner, SecureRandom random) {
    byte[] key = new byte[LENGTH];
    random.nextBytes(key);
    try {
      return records.seal(PURPOSE, place(owner), key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** The key as it is stored of that job. */
  static JobKey open(DatasetRecords records, UUID owner, byte[] sealed) {
    return new JobKey(owner, records.open(PURPOSE, place(owner), sealed));
  }

  byte[] seal(int chunk, byte[] bytes) {
    return sealing.seal(place(owner, chunk), bytes);
  }

  byte[] open(int chunk, byte[] sealed) {
    return sealing.open(place(owner, chunk), sealed);
  }

  /** The id of what comes of the row at that line, which looks like any random one. */
  UUID idOf(long line) {
    byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(line).array();
    ByteBuffer code = ByteBuffer.wrap(codes.mac(number));
    long most = code.getLong() & ~0xf000L | 0x4000L;
    long least = code.getLong() & ~(3L << 62) | 1L << 63;
    return new UUID(most, least);
  }

  /** A keyed tag of texts. */
  byte[] tag(byte[]... parts) {
    return codes.mac(parts);
  }

  private static AssociatedData place(UUID owner) {
    return AssociatedData.of("import_job", owner, "key", 1);
  }

  private static AssociatedData place(UUID owner, int chunk) {
    return AssociatedData.of("import_chunk", owner, "body", chunk);
  }

  @Override
  public void close() {
    sealing.close();
    codes.close();
  }

  /** Says nothing about the key. */
  @Override
  public String toString() {
    return "JobKey";
  }
}
