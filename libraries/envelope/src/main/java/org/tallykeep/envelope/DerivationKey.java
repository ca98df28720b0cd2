package org.tallykeep.envelope;

import java.util.Objects;

/**
 * A subject or pseudonym key in the hands of the key service: it protects nothing itself, the keys
 * derived from it for one purpose each do. From a purpose key neither this key nor another
 * purpose's can be found. Thread-safe.
 */
public final class DerivationKey implements AutoCloseable {
  private final KeyRef ref;
  private final KeyBytes key;
  private final Usage usage = new Usage(this::zero);

  private DerivationKey(KeyRef ref, byte[] key32) {
    this.ref = Objects.requireNonNull(ref, "ref");
    this.key = KeyBytes.takeOwnershipOf(key32, "HKDF");
  }

  /**
   * A subject or pseudonym key.
   *
   * @param key32 32 bytes, zeroed by this call
   * @throws IllegalArgumentException if it has another length
   */
  public static DerivationKey takeOwnershipOf(KeyRef ref, byte[] key32) {
    return new DerivationKey(ref, key32);
  }

  /** The name of this key. */
  public KeyRef ref() {
    return ref;
  }

  /**
   * The key for one purpose, to be delivered to the service that may have it. The caller zeroes the
   * array once it is sent.
   *
   * @param purpose 1 to 255 visible ASCII characters, such as {@code contact}
   * @return 32 bytes, the same for the same key and purpose
   * @throws KeyClosedException after {@link #close()}
   */
  public byte[] derive(String purpose) {
    Names.check("purpose", purpose);
    Info info = Info.of("tallykeep purpose key").name(purpose).key(ref);
    usage.enter();
    try {
      return Hkdf.expand(key, info.toBytes(), KeyBytes.LENGTH);
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
    return "DerivationKey";
  }

  private void zero() {
    key.destroy();
  }
}
