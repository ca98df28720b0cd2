package org.tallykeep.customer.index;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Versions of the index key in force. What is written has a tag under each of them.
 *
 * @param settled every row there is has its tag under this one
 * @param coming the other rows are getting theirs under this one
 */
public record Versions(int settled, OptionalInt coming) {

  static Versions only(int version) {
    return new Versions(version, OptionalInt.empty());
  }

  /** The one that everything is under in the end. */
  public int newest() {
    return coming.orElse(settled);
  }

  /** The older one first. */
  List<Integer> all() {
    return IntStream.concat(IntStream.of(settled), coming.stream()).boxed().toList();
  }

  /** Odd versions have their tags in one column, even ones in the other: two never share one. */
  static String column(int version) {
    return version % 2 == 1 ? "a" : "b";
  }
}
