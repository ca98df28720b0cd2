package org.tallykeep.envelope;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tags for exact look-up of sealed values: HMAC-SHA256 under a subkey per table and field. Equal
 * values of different tables or fields give unrelated tags. Thread-safe.
 */
public final class BlindIndexKey implements AutoCloseable {
  /** The length of a tag, in bytes. */
  public static final int TAG_LENGTH = 32;

  private final KeyRef ref;
  private final KeyBytes key;
  private final Map<Place, KeyBytes> subkeys = new ConcurrentHashMap<>();
  private final Usage usage = new Usage(this::zero);

  private BlindIndexKey(KeyRef ref, byte[] key32) {
    this.ref = Objects.requireNonNull(ref, "ref");
    this.key = KeyBytes.takeOwnershipOf(key32, "HKDF");
  }

  /**
   * The dataset key {@code index}, or another kept for tags alone.
   *
   * @param key32 32 bytes, zeroed by this call
   * @throws IllegalArgumentException if it has another length
   */
  public static BlindIndexKey takeOwnershipOf(KeyRef ref, byte[] key32) {
    return new BlindIndexKey(ref, key32);
  }

  /** The name of this key. */
  public KeyRef ref() {
    return ref;
  }

  /**
   * The tag of a value.
   *
   * @param table 1 to 255 visible ASCII characters; names in code, never values: their subkeys are
   *     kept
   * @param field as {@code table}
   * @param normalisedValue the value in the one spelling that is looked up
   * @param occurrence which of several equal values this is, from 0 upwards
   * @return {@link #TAG_LENGTH} bytes
   * @throws KeyClosedException after {@link #close()}
   */
  public byte[] tag(String table, String field, byte[] normalisedValue, int occurrence) {
    if (occurrence < 0) {
      throw new IllegalArgumentException("an occurrence starts at 0, got " + occurrence);
    }
    byte[] number = new byte[Integer.BYTES];
    Bytes.putInt(number, 0, occurrence);
    usage.enter();
    try {
      KeyBytes subkey = subkeys.computeIfAbsent(new Place(table, field), this::subkey);
      return HmacSha256.mac(subkey, number, normalisedValue);
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
    return "BlindIndexKey";
  }

  private KeyBytes subkey(Place place) {
    Names.check("table", place.table());
    Names.check("field", place.field());
    Info info = Info.of("tallykeep blind index").name(place.table()).name(place.field()).key(ref);
    return Hkdf.expand(key, info, HmacSha256.ALGORITHM);
  }

  private void zero() {
    key.destroy();
    subkeys.values().forEach(KeyBytes::destroy);
  }

  private record Place(String table, String field) {}
}
