package org.tallykeep.envelope;

import java.util.Objects;

/**
 * A key for message authentication codes: HMAC-SHA256 under a subkey for one use, such as the
 * manifest of a shard or the key service's half of a tag. Thread-safe.
 */
public final class MacKey implements AutoCloseable {
  /** The length of a code, in bytes. */
  public static final int MAC_LENGTH = 32;

  private final KeyRef ref;
  private final KeyBytes key;
  private final Usage usage = new Usage(this::zero);

  private MacKey(KeyRef ref, byte[] key32, String use) {
    Names.check("use", use);
    this.ref = Objects.requireNonNull(ref, "ref");
    KeyBytes parent = KeyBytes.takeOwnershipOf(key32, "HKDF");
    try {
      this.key =
          Hkdf.expand(parent, Info.of("tallykeep mac").name(use).key(ref), HmacSha256.ALGORITHM);
    } finally {
      parent.destroy();
    }
  }

  /**
   * A key for codes of one use.
   *
   * @param key32 32 bytes, zeroed by this call
   * @param use 1 to 255 visible ASCII characters, such as {@code manifest}
   * @throws IllegalArgumentException if the key has another length
   */
  public static MacKey takeOwnershipOf(KeyRef ref, byte[] key32, String use) {
    return new MacKey(ref, key32, use);
  }

  /** The name of this key. */
  public KeyRef ref() {
    return ref;
  }

  /**
   * The code of a list of parts. Each goes in after its length in four bytes, so no two lists have
   * the same code.
   *
   * @return {@link #MAC_LENGTH} bytes
   * @throws KeyClosedException after {@link #close()}
   */
  public byte[] mac(byte[]... parts) {
    byte[][] message = new byte[2 * parts.length][];
    for (int i = 0; i < parts.length; i++) {
      message[2 * i] = new byte[Integer.BYTES];
      Bytes.putInt(message[2 * i], 0, parts[i].length);
      message[2 * i + 1] = parts[i];
    }
    usage.enter();
    try {
      return HmacSha256.mac(key, message);
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
    return "MacKey";
  }

  private void zero() {
    key.destroy();
  }
}
