package org.tallykeep.customer.index;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.tallykeep.envelope.KeyRef;

/**
 * Versions of the index key in force, each by its number and its id: once a key database was set
 * back, another key can get a number that was there before. What is written has a tag under each.
 *
 * @param settledKey every row there is has its tag under this one
 * @param comingKey the other rows are getting theirs under this one
 */
public record Versions(KeyRef settledKey, Optional<KeyRef> comingKey) {

  /** The older of two. */
  public int settled() {
    return settledKey.version();
  }

  OptionalInt coming() {
    return comingKey.stream().mapToInt(KeyRef::version).findFirst();
  }

  /** The one that everything is under in the end. */
  public int newest() {
    return newestKey().version();
  }

  /** The same, by its name. */
  public KeyRef newestKey() {
    return comingKey.orElse(settledKey);
  }

  /** The older one first. */
  List<KeyRef> all() {
    return Stream.concat(Stream.of(settledKey), comingKey.stream()).toList();
  }

  /** The one with that number, if it is in force. */
  Optional<KeyRef> numbered(int version) {
    return all().stream().filter(key -> key.version() == version).findFirst();
  }

  /** Odd versions have their tags in one column, even ones in the other: two never share one. */
  public static String column(int version) {
    return version % 2 == 1 ? "a" : "b";
  }
}
