package org.tallykeep.simulator;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * An independent random stream for each thing that is decided, so that no decision depends on the
 * order in which others were asked for.
 *
 * <p>The stream of (aspect, index, sequence) is the JDK's {@code L64X128MixRandom} (Steele and
 * Vigna, 2021), created from the 64-bit seed
 *
 * <pre>mix(mix(mix(seed + G·(aspect + 1)) + G·(index + 1)) + G·(sequence + 1))</pre>
 *
 * where G is 0x9E3779B97F4A7C15 and mix is the finaliser of SplitMix64 (Steele, Lea and Flood,
 * 2014, with Stafford's thirteenth variant). mix is a bijection: streams of one aspect and index
 * never share a seed.
 */
final class RandomStreams {

  /** What a stream decides. The codes are part of the derivation: never renumber them. */
  enum Aspect {
    ASSORTMENT(0),
    PROMOTIONS(1),
    PROFILE(2),
    LIFE(3),
    TASTE(4),
    BASKET(5);

    private final int code;

    Aspect(int code) {
      this.code = code;
    }
  }

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
      RandomGeneratorFactory.of("L64X128MixRandom");

  private final long seed;

  RandomStreams(long seed) {
    this.seed = seed;
  }

  RandomGenerator of(Aspect aspect, long index, long sequence) {
    return FACTORY.create(next(next(next(seed, aspect.code), index), sequence));
  }

  private static long next(long state, long part) {
    return mix(state + GOLDEN_GAMMA * (part + 1));
  }

  private static long mix(long state) {
    long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
