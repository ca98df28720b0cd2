package org.tallykeep.simulator;

import java.util.List;
import java.util.random.RandomGenerator;

/** Words that sound like names and belong to nobody. */
final class Syllables {

  private static final List<String> ONSETS =
      List.of(
          "b", "br", "d", "dr", "f", "g", "gl", "h", "j", "k", "kr", "l", "m", "n", "p", "pl", "r",
          "s", "sk", "st", "t", "tr", "v", "w", "z");
  private static final List<String> VOWELS = List.of("a", "e", "i", "o", "u", "ei", "ia", "oa");
  private static final List<String> CODAS = List.of("l", "n", "r", "s", "m", "nd", "rt", "lk", "");

  private Syllables() {}

  /** A capitalised word of so many open syllables and a closing consonant or two. */
  static String word(RandomGenerator random, int syllables) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < syllables; i++) {
      word.append(Draws.oneOf(random, ONSETS)).append(Draws.oneOf(random, VOWELS));
    }
    word.append(Draws.oneOf(random, CODAS));
    word.setCharAt(0, Character.toUpperCase(word.charAt(0)));
    return word.toString();
  }
}
