package org.tallykeep.system.joining;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Something a thief can see of each row's owner: a column, a size, a place in a file, the number of
 * a transaction.
 *
 * @param name table and what of it
 * @param values by owner
 */
record Feature(String name, Map<UUID, Value> values) {

  /** What can be compared for equality, put in order and, if it is a number, subtracted. */
  sealed interface Value extends Comparable<Value> {

    String text();

    @Override
    default int compareTo(Value other) {
      return switch (this) {
        case Number(double number) when other instanceof Number(double theirs) ->
            Double.compare(number, theirs);
        case Number _, Text _ -> text().compareTo(other.text());
      };
    }
  }

  /** A number. */
  record Number(double number) implements Value {
    @Override
    public String text() {
      return Double.toString(number);
    }
  }

  /** Anything else. */
  record Text(String text) implements Value {}

  boolean isNumeric() {
    return values.values().stream().allMatch(Number.class::isInstance);
  }

  /** As much of it as is about these owners. */
  Feature of(Set<UUID> owners) {
    return new Feature(
        name,
        values.entrySet().stream()
            .filter(e -> owners.contains(e.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  int distinct() {
    return new HashSet<>(values.values()).size();
  }
}
