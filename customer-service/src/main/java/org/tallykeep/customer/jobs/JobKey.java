package org.tallykeep.customer.jobs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.customer.platform.DatasetRecords;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.SubjectKeys;
import org.tallykeep.envelope.AssociatedData;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.MacKey;
import org.tallykeep.envelope.MessageLease;
import org.tallykeep.envelope.SealedRecord;
import org.tallykeep.envelope.SealingKey;

/**
 * A key of this service's own: 32 random bytes that stand nowhere but sealed. It seals what a job
 * has staged, gives the ids of what its rows become, or tags what callers say of themselves. That
 * of a job is sealed under the {@code identity} key of a subject made for it: it opens on the grant
 * for imports alone, counted and freezable like a person's name. The only class here that makes a
 * key from bytes.
 */
public final class JobKey implements AutoCloseable {

  private static final String PURPOSE = "ledger";
  private static final int LENGTH = 32;

  /** What the job does. */
  public enum Use {
    IMPORT("import"),
    EXPORT("export");

    private final String word;

    Use(String word) {
      this.word = word;
    }

    /** Where the job's key belongs. */
    private AssociatedData place(UUID owner) {
      return AssociatedData.of(word + "_job", owner, "key", 1);
    }

    /** Where a chunk of what the job has staged belongs. */
    private AssociatedData place(UUID owner, int chunk) {
      return AssociatedData.of(word + "_chunk", owner, "body", chunk);
    }
  }

  private final Use use;
  private final UUID owner;
  private final SealingKey sealing;
  private final MacKey codes;

  private JobKey(Use use, UUID owner, byte[] key32) {
    this.use = use;
    this.owner = owner;
    KeyRef ref = new KeyRef(owner, 1);
    byte[] copy = key32.clone();
    this.sealing =
        SealingKey.takeOwnershipOf(ref, copy, MessageLease.of(MessageLease.MAX_MESSAGES));
    this.codes = MacKey.takeOwnershipOf(ref, key32, use.word + "-job");
  }

  /** A key that was just made, and how it is stored. */
  public record Made(JobKey key, byte[] sealed) {
    @Override
    public String toString() {
      return "Made";
    }
  }

  /** Makes the key of a job. */
  public static Made ofJob(Keys keys, Use use, UUID owner, SecureRandom random) {
    byte[] key = new byte[LENGTH];
    random.nextBytes(key);
    try (SubjectKeys subject = keys.createSubjects(1).getFirst()) {
      byte[] sealed = subject.identity().seal(use.place(owner), key);
      return new Made(new JobKey(use, owner, key), sealed);
    }
  }

  /** The key of a job as it is stored; nothing if what it is under does not come. */
  public static Optional<JobKey> ofJob(Keys keys, Use use, UUID owner, byte[] sealed) {
    return keys.personalForImport(Keys.Personal.IDENTITY, List.of(SealedRecord.keyOf(sealed)))
        .getFirst()
        .map(
            key -> {
              try (key) {
                return new JobKey(use, owner, key.open(use.place(owner), sealed));
              }
            });
  }

  /** Makes a key for tags, sealed as it is stored under the dataset key {@code ledger}. */
  public static byte[] make(DatasetRecords records, Use use, UUID owner, SecureRandom random) {
    byte[] key = new byte[LENGTH];
    random.nextBytes(key);
    try {
      return records.seal(PURPOSE, use.place(owner), key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** The key for tags as it is stored. */
  public static JobKey open(DatasetRecords records, Use use, UUID owner, byte[] sealed) {
    return new JobKey(use, owner, records.open(PURPOSE, use.place(owner), sealed));
  }

  /** Who sent the job, as it is stored. */
  byte[] sealSender(String name) {
    return sealing.seal(senderPlace(owner), name.getBytes(StandardCharsets.UTF_8));
  }

  String openSender(byte[] sealed) {
    return new String(sealing.open(senderPlace(owner), sealed), StandardCharsets.UTF_8);
  }

  /** A chunk as it is stored. */
  public byte[] seal(int chunk, byte[] bytes) {
    return sealing.seal(use.place(owner, chunk), bytes);
  }

  /** A chunk as it was, if it is that one. */
  public byte[] open(int chunk, byte[] sealed) {
    return sealing.open(use.place(owner, chunk), sealed);
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
  public byte[] tag(byte[]... parts) {
    return codes.mac(parts);
  }

  private static AssociatedData senderPlace(UUID owner) {
    return AssociatedData.of("import_job", owner, "submitter", 1);
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
