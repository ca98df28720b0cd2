package org.tallykeep.system.leak;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tallykeep.system.leak.Needle.Encoding;

/** Looks for many patterns in many bytes in one pass. */
public final class Haystack {

  /** Patterns shorter than this would be found by chance in megabytes of random bytes. */
  static final int SHORTEST = 5;

  private static final int FILTER_BITS = 22;

  private record Pattern(Needle needle, Encoding encoding) {}

  private final Map<Integer, List<Pattern>> byStart = new HashMap<>();
  private final BitSet filter = new BitSet(1 << FILTER_BITS);

  public Haystack(List<Needle> needles) {
    for (Needle needle : needles) {
      for (Encoding encoding : needle.encodings()) {
        int start = start(encoding.bytes(), 0);
        filter.set(bucket(start));
        byStart.computeIfAbsent(start, s -> new ArrayList<>()).add(new Pattern(needle, encoding));
      }
    }
  }

  /** Everything found, as "place: what (encoding)". */
  public Set<String> found(String place, byte[] bytes) {
    Set<String> found = new TreeSet<>();
    for (int at = 0; at + SHORTEST <= bytes.length; at++) {
      int start = start(bytes, at);
      if (filter.get(bucket(start))) {
        for (Pattern pattern : byStart.getOrDefault(start, List.of())) {
          if (isAt(pattern.encoding().bytes(), bytes, at)) {
            found.add(
                place + ": " + pattern.needle().what() + " (" + pattern.encoding().name() + ")");
          }
        }
      }
    }
    return found;
  }

  private static int start(byte[] bytes, int at) {
    return bytes[at] << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | (bytes[at + 3] & 0xff);
  }

  private static int bucket(int start) {
    return start * 0x9E3779B1 >>> 32 - FILTER_BITS;
  }

  private static boolean isAt(byte[] pattern, byte[] bytes, int at) {
    if (at + pattern.length > bytes.length) {
      return false;
    }
    for (int i = 0; i < pattern.length; i++) {
      if (pattern[i] != bytes[at + i]) {
        return false;
      }
    }
    return true;
  }
}
