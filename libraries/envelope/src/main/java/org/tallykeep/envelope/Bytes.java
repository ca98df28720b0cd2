package org.tallykeep.envelope;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.UUID;

/** Big-endian numbers, ids and names in byte arrays. Every put returns the index after it. */
final class Bytes {
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Bytes() {}

  static int putShort(byte[] into, int at, int value) {
    SHORTS.set(into, at, (short) value);
    return at + Short.BYTES;
  }

  static int putInt(byte[] into, int at, int value) {
    INTS.set(into, at, value);
    return at + Integer.BYTES;
  }

  static int putLong(byte[] into, int at, long value) {
    LONGS.set(into, at, value);
    return at + Long.BYTES;
  }

  static int putUuid(byte[] into, int at, UUID value) {
    return putLong(
        into, putLong(into, at, value.getMostSignificantBits()), value.getLeastSignificantBits());
  }

  /** A checked name after its length in two bytes. */
  static int putName(byte[] into, int at, String name) {
    int next = putShort(into, at, name.length());
    for (int i = 0; i < name.length(); i++) {
      into[next + i] = (byte) name.charAt(i);
    }
    return next + name.length();
  }

  static int getInt(byte[] from, int at) {
    return (int) INTS.get(from, at);
  }

  static UUID getUuid(byte[] from, int at) {
    return new UUID((long) LONGS.get(from, at), (long) LONGS.get(from, at + Long.BYTES));
  }

  /** Compares a multiple of 8 bytes in a time that does not depend on where they differ. */
  static boolean equalInConstantTime(byte[] a, byte[] b, int at, int length) {
    long difference = 0;
    for (int i = at; i < at + length; i += Long.BYTES) {
      difference |= (long) LONGS.get(a, i) ^ (long) LONGS.get(b, i);
    }
    return difference == 0;
  }
}
