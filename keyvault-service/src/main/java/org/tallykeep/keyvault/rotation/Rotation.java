package org.tallykeep.keyvault.rotation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.keyvault.access.Purpose;

/**
 * Keys that are being turned over, or were.
 *
 * @param purpose of the dataset, where it is one
 * @param askedBy the officer's {@code sub}, or {@code schedule}
 */
record Rotation(
    UUID id,
    Kind kind,
    Optional<Purpose> purpose,
    String askedBy,
    Instant startedAt,
    Progress progress) {

  /** Which keys. */
  enum Kind {
    DATASET,
    ROOT,
    BRANCHES;

    /** As stored and answered. */
    @JsonValue
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static Kind of(String label) {
      return Arrays.stream(values())
          .filter(kind -> kind.label().equals(label))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no such kind of rotation"));
    }
  }

  /** What becomes of it. */
  enum State {
    RUNNING,
    /** Until a time, for what others may still have in memory. */
    WAITING,
    DONE,
    FAILED;

    /** As stored and answered. */
    @JsonValue
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean isOver() {
      return this == DONE || this == FAILED;
    }
  }

  Rotation with(Progress next) {
    return new Rotation(id, kind, purpose, askedBy, startedAt, next);
  }
}
