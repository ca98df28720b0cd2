package org.tallykeep.keyvault.revocation;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries one after the other.
 *
 * <pre>
 * 1        format, 1
 * n times  length of an entry (4), the entry
 * </pre>
 */
final class Segment {

  private static final byte FORMAT = 1;

  private Segment() {}

  static int room(byte[] entry) {
    return Integer.BYTES + entry.length;
  }

  static byte[] packed(List<byte[]> entries) {
    ByteBuffer out = ByteBuffer.allocate(1 + entries.stream().mapToInt(Segment::room).sum());
    out.put(FORMAT);
    entries.forEach(entry -> out.putInt(entry.length).put(entry));
    return out.array();
  }

  /** None when that is no segment. */
  static List<byte[]> unpacked(byte[] packed) {
    List<byte[]> entries = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(packed);
    try {
      boolean known = in.get() == FORMAT;
      while (known && in.hasRemaining()) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
          return List.of();
        }
        byte[] entry = new byte[length];
        in.get(entry);
        entries.add(entry);
      }
    } catch (BufferUnderflowException e) {
      return List.of();
    }
    return entries;
  }
}
