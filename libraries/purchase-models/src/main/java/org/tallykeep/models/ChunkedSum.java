package org.tallykeep.models;

import java.util.stream.IntStream;

/**
 * Sums over many items on all processors, with digits that do not depend on how many there are: the
 * chunks are of a fixed size and are added in order.
 */
final class ChunkedSum {

  private static final int CHUNK = 4096;

  private ChunkedSum() {}

  /** Adds the terms of the items {@code [from, to)} to {@code sums}. */
  @FunctionalInterface
  interface Terms {
    void addTo(double[] sums, int from, int to);
  }

  static double[] of(int items, int width, Terms terms) {
    int chunks = (items + CHUNK - 1) / CHUNK;
    double[][] parts = new double[chunks][];
    IntStream range = IntStream.range(0, chunks);
    (chunks > 1 ? range.parallel() : range)
        .forEach(
            chunk -> {
              double[] sums = new double[width];
              int from = chunk * CHUNK;
              terms.addTo(sums, from, Math.min(items, from + CHUNK));
              parts[chunk] = sums;
            });
    double[] total = new double[width];
    for (double[] part : parts) {
      for (int i = 0; i < width; i++) {
        total[i] += part[i];
      }
    }
    return total;
  }
}
