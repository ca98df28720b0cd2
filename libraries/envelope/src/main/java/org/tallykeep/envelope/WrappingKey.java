package org.tallykeep.envelope;

import java.util.Objects;

/**
 * A branch key: it wraps the keys below it by AES-256-KWP (RFC 5649), each under a key derived for
 * that key's id, version and kind, so that a wrapped key opens only as itself. Thread-safe.
 */
public final class WrappingKey implements AutoCloseable {
  /** The longest plaintext that can be wrapped, in bytes: a key and a little about it. */
  public static final int MAX_PLAINTEXT_LENGTH = 1024;

  private final KeyRef branch;
  private final KeyBytes key;
  private final Usage usage = new Usage(this::zero);

  private WrappingKey(KeyRef branch, byte[] key32) {
    this.branch = Objects.requireNonNull(branch, "branch");
    this.key = KeyBytes.takeOwnershipOf(key32, "HKDF");
  }

  /**
   * A branch key.
   *
   * @param key32 32 bytes, zeroed by this call
   * @throws IllegalArgumentException if it has another length
   */
  public static WrappingKey takeOwnershipOf(KeyRef branch, byte[] key32) {
    return new WrappingKey(branch, key32);
  }

  /** The name of this branch key. */
  public KeyRef ref() {
    return branch;
  }

  /**
   * Wraps a key and what belongs to it.
   *
   * @param ref the name of the wrapped key
   * @param kind what kind of key it is, such as {@code subject}: 1 to 255 visible ASCII characters
   * @param plaintext 1 to {@link #MAX_PLAINTEXT_LENGTH} bytes; left for the caller to zero
   * @return the plaintext's length rounded up to 8, and 8 bytes more
   * @throws IllegalArgumentException if the plaintext is empty or too long
   * @throws KeyClosedException after {@link #close()}
   */
  public byte[] wrap(KeyRef ref, String kind, byte[] plaintext) {
    if (plaintext.length < 1 || plaintext.length > MAX_PLAINTEXT_LENGTH) {
      throw new IllegalArgumentException(
          "1 to " + MAX_PLAINTEXT_LENGTH + " bytes can be wrapped, got " + plaintext.length);
    }
    usage.enter();
    KeyBytes own = null;
    try {
      own = keyFor(ref, kind);
      return AesKwp.wrap(own, plaintext);
    } finally {
      leave(own);
    }
  }

  /**
   * Opens a wrapped key. The caller zeroes the result.
   *
   * @param ref the name under which it was wrapped
   * @param kind the kind under which it was wrapped
   * @throws KeyNotUnwrappedException for every reason alike
   * @throws KeyClosedException after {@link #close()}
   */
  public byte[] unwrap(KeyRef ref, String kind, byte[] wrapped) {
    usage.enter();
    KeyBytes own = null;
    try {
      own = keyFor(ref, kind);
      return AesKwp.unwrap(own, wrapped).orElseThrow(KeyNotUnwrappedException::new);
    } finally {
      leave(own);
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
    return "WrappingKey";
  }

  private KeyBytes keyFor(KeyRef ref, String kind) {
    Names.check("kind", kind);
    return Hkdf.expand(key, Info.of("tallykeep key wrap").key(branch).key(ref).name(kind), "AES");
  }

  private void leave(@org.jspecify.annotations.Nullable KeyBytes own) {
    if (own != null) {
      own.destroy();
    }
    usage.leave();
  }

  private void zero() {
    key.destroy();
  }
}
