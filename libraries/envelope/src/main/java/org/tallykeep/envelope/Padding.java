package org.tallykeep.envelope;

/**
 * Hides the length of a value: a marker byte {@code 0x80}, then zeros up to the next of few
 * lengths. These are multiples of 64 to 512, then those of Padmé (Nikitin et al., "Reducing
 * Metadata Leakage from Encrypted Files and Communication with PURBs", PoPETs 2019, section 4),
 * which keep only the leading bits of a length and add at most 12 %.
 */
final class Padding {
  static final int STEP = 64;
  static final int STEPPED_TO = 512;
  private static final byte MARKER = (byte) 0x80;

  private Padding() {}

  /** The padded length of a value of {@code length} bytes; at least one byte longer. */
  static int paddedLength(int length) {
    return roundUp(length + 1);
  }

  /** Whether any value has this padded length. */
  static boolean isPaddedLength(int length) {
    return length > 0 && roundUp(length) == length;
  }

  /** Marks the end of the value; the zeros behind it are those of a new array. */
  static void mark(byte[] padded, int end) {
    padded[end] = MARKER;
  }

  /**
   * The length of the value within {@code padded[0 .. length)}, or -1 if that is not its padding.
   */
  static int unpaddedLength(byte[] padded, int length) {
    int last = length - 1;
    while (last >= 0 && padded[last] == 0) {
      last--;
    }
    return last >= 0 && padded[last] == MARKER && paddedLength(last) == length ? last : -1;
  }

  private static int roundUp(int length) {
    int unit = length <= STEPPED_TO ? STEP : padmeUnit(length);
    return (length + unit - 1) & -unit;
  }

  /** A power of two, as {@link #STEP} is. */
  private static int padmeUnit(int length) {
    int exponent = floorLog2(length);
    int keptBits = floorLog2(exponent) + 1;
    return 1 << (exponent - keptBits);
  }

  private static int floorLog2(int value) {
    return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(value);
  }
}
