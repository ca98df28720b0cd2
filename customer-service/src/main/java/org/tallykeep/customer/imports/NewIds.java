package org.tallykeep.customer.imports;

import java.util.UUID;

/** What the things are called that come of the rows of a batch. */
@FunctionalInterface
public interface NewIds {

  /** A new random id every time. */
  NewIds RANDOM = row -> UUID.randomUUID();

  /**
   * The id of what comes of a row, an UUID of version 4.
   *
   * @param row its place in the batch, from 0 upwards
   */
  UUID of(int row);

  /** Whether the same rows would get the same ids if they were taken again. */
  default boolean lasting() {
    return false;
  }

  /**
   * Whether the batch may have been taken before, in part: what has a row's id then came of that
   * very row, and is told as new.
   */
  default boolean again() {
    return false;
  }
}
