package org.tallykeep.envelope;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A key that can be used but not read. What {@link #seal} returns opens only with the same key, for
 * the same associated data, unchanged; the record commits to the key, so no other key opens it to
 * anything else. Thread-safe.
 *
 * <p>The encryption key and the commitment are derived once, when the handle is made. Close the
 * handle when done: the last operation that is still running then zeroes the key, best effort (see
 * the package description).
 */
public final class SealingKey implements AutoCloseable {
  /** The last revision that a record under a subject's key may have: 2<sup>20</sup>. */
  public static final long LAST_REVISION = 1L << 20;

  private final KeyRef ref;
  private final KeyBytes encryptionKey;
  private final byte[] header;
  private final SealingLimit limit;
  private final WorkbenchPool benches;
  private final Usage usage;

  SealingKey(KeyRef ref, byte[] key32, SealingLimit limit, WorkbenchPool benches) {
    this.ref = Objects.requireNonNull(ref, "ref");
    this.limit = limit;
    this.benches = benches;
    KeyBytes key = KeyBytes.takeOwnershipOf(key32, "HKDF");
    try {
      this.encryptionKey = Hkdf.expand(key, info("encryption"), "AES");
      byte[] commitment =
          Hkdf.expand(key, info("commitment").toBytes(), SealedRecord.COMMITMENT_LENGTH);
      this.header = SealedRecord.header(ref, commitment);
    } finally {
      key.destroy();
    }
    this.usage = new Usage(this::zero);
  }

  /**
   * A purpose key of a subject or pseudonym. It seals records up to revision {@link
   * #LAST_REVISION}.
   *
   * @param key32 32 bytes, zeroed by this call
   * @throws IllegalArgumentException if it has another length
   */
  public static SealingKey takeOwnershipOf(KeyRef ref, byte[] key32) {
    return new SealingKey(ref, key32, SealingLimit.byRevision(), WorkbenchPool.shared());
  }

  /**
   * A dataset key. It seals as many records as the lease allows, of any revision.
   *
   * @param key32 32 bytes, zeroed by this call
   * @throws IllegalArgumentException if it has another length
   */
  public static SealingKey takeOwnershipOf(KeyRef ref, byte[] key32, MessageLease lease) {
    return new SealingKey(ref, key32, SealingLimit.byLease(lease), WorkbenchPool.shared());
  }

  /**
   * A key that only opens, such as a dataset key obtained without a lease.
   *
   * @param key32 32 bytes, zeroed by this call
   * @throws IllegalArgumentException if it has another length
   */
  public static SealingKey takeOwnershipForOpening(KeyRef ref, byte[] key32) {
    return takeOwnershipOf(ref, key32, MessageLease.of(0));
  }

  /** The name of this key. */
  public KeyRef ref() {
    return ref;
  }

  /** Whether another record may be sealed: open, and the lease, if there is one, not used up. */
  public boolean canSeal() {
    return !usage.isClosed() && limit.allowsMore();
  }

  /**
   * Seals a value; see {@link SealedRecord} for the layout.
   *
   * @param ad where the value belongs
   * @param plaintext 0 to {@link SealedRecord#MAX_VALUE_LENGTH} bytes; left as it is
   * @return the record, {@link SealedRecord#lengthFor} bytes
   * @throws LeaseExhaustedException when the lease of a dataset key is used up
   * @throws RevisionLimitException when a subject's record is past {@link #LAST_REVISION}
   * @throws KeyClosedException after {@link #close()}
   */
  public byte[] seal(AssociatedData ad, byte[] plaintext) {
    byte[] record = new byte[SealedRecord.lengthFor(plaintext.length)];
    usage.enter();
    try {
      limit.spend(ad);
      System.arraycopy(header, 0, record, 0, SealedRecord.HEADER_LENGTH);
      System.arraycopy(plaintext, 0, record, SealedRecord.HEADER_LENGTH, plaintext.length);
      Padding.mark(record, SealedRecord.HEADER_LENGTH + plaintext.length);
      Workbench bench = benches.take();
      try {
        bench.seal(encryptionKey, ad, record);
      } finally {
        benches.give(bench);
      }
      return record;
    } finally {
      usage.leave();
    }
  }

  /**
   * Opens a record.
   *
   * @param ad where the caller found the record
   * @param record left as it is
   * @return the value
   * @throws RecordNotOpenedException for every reason alike
   * @throws KeyClosedException after {@link #close()}
   */
  public byte[] open(AssociatedData ad, byte[] record) {
    usage.enter();
    try {
      byte[] value = isForThisKey(record) ? openBody(ad, record) : null;
      if (value == null) {
        throw new RecordNotOpenedException();
      }
      return value;
    } finally {
      usage.leave();
    }
  }

  /** Zeroes the key as soon as no operation uses it any more. Closing twice is harmless. */
  @Override
  public void close() {
    usage.close();
  }

  /** Says nothing about the key. */
  @Override
  public String toString() {
    return "SealingKey";
  }

  private boolean isForThisKey(byte[] record) {
    return SealedRecord.isWellFormed(record)
        && Arrays.equals(record, 0, SealedRecord.NONCE_AT, header, 0, SealedRecord.NONCE_AT)
        && Bytes.equalInConstantTime(
            record, header, SealedRecord.COMMITMENT_AT, SealedRecord.COMMITMENT_LENGTH);
  }

  private byte @Nullable [] openBody(AssociatedData ad, byte[] record) {
    Workbench bench = benches.take();
    try {
      return bench.open(encryptionKey, ad, record);
    } finally {
      benches.give(bench);
    }
  }

  private Info info(String part) {
    return Info.of("tallykeep sealed record")
        .number(SealedRecord.FORMAT)
        .number(SealedRecord.SUITE)
        .name(part)
        .key(ref);
  }

  private void zero() {
    benches.forget(encryptionKey);
    encryptionKey.destroy();
  }
}
