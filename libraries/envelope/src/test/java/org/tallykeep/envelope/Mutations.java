package org.tallykeep.envelope;

import java.util.Arrays;
import java.util.Random;

/** Seeded changes to a record: flipped bits, cut, extended, spliced, moved and blanked bytes. */
final class Mutations {
  private Mutations() {}

  static byte[] of(Random random, byte[] record, byte[] other) {
    byte[] mutant = record.clone();
    int times = 1 + random.nextInt(3);
    for (int i = 0; i < times; i++) {
      mutant = once(random, mutant, other);
    }
    return mutant;
  }

  private static byte[] once(Random random, byte[] record, byte[] other) {
    int at = random.nextInt(record.length + 1);
    return switch (random.nextInt(6)) {
      case 0 -> flipped(random, record);
      case 1 -> Arrays.copyOf(record, at);
      case 2 -> extended(random, record);
      case 3 -> spliced(record, other, Math.min(at, other.length));
      case 4 -> blanked(record, at, Math.min(record.length, at + random.nextInt(32)));
      default -> moved(record, at, random);
    };
  }

  private static byte[] flipped(Random random, byte[] record) {
    byte[] mutant = record.clone();
    if (mutant.length > 0) {
      mutant[random.nextInt(mutant.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return mutant;
  }

  private static byte[] extended(Random random, byte[] record) {
    byte[] more = new byte[random.nextInt(130)];
    random.nextBytes(more);
    byte[] mutant = Arrays.copyOf(record, record.length + more.length);
    System.arraycopy(more, 0, mutant, record.length, more.length);
    return mutant;
  }

  private static byte[] spliced(byte[] record, byte[] other, int at) {
    byte[] mutant = other.clone();
    System.arraycopy(record, 0, mutant, 0, at);
    return mutant;
  }

  private static byte[] blanked(byte[] record, int from, int to) {
    byte[] mutant = record.clone();
    Arrays.fill(mutant, from, to, (byte) 0);
    return mutant;
  }

  private static byte[] moved(byte[] record, int from, Random random) {
    byte[] mutant = record.clone();
    int length = Math.min(record.length - from, random.nextInt(32));
    System.arraycopy(record, from, mutant, random.nextInt(record.length - length + 1), length);
    return mutant;
  }
}
