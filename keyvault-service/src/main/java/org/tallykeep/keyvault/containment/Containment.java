package org.tallykeep.keyvault.containment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A job that replaces what an incident's principal was given.
 *
 * @param datasets purposes of dataset keys that are still to be turned over
 * @param done of {@code total} keys of customers and purchasers
 * @param auditFaults of the audit that the keys were counted from: above 0, more may have been
 *     given
 * @param givenUp how many of the keys of all containments were given up while this one was under
 *     way
 */
record Containment(
    UUID incident,
    State state,
    Step step,
    List<String> datasets,
    long done,
    long total,
    Optional<Long> auditFaults,
    String askedBy,
    Instant startedAt,
    Optional<Instant> finishedAt,
    long givenUp) {

  /** What becomes of it. */
  enum State {
    RUNNING,
    /** For the customer service, which seals anew. */
    WAITING,
    DONE;

    /** As stored and answered. */
    @JsonValue
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What is done next. */
  enum Step {
    /** What was given, from the audit. */
    COUNT,
    /** New versions of keys. */
    KEYS,
    /** New versions of dataset keys. */
    DATASETS,
    /** Until everything is sealed under the new versions. */
    RESEAL;

    /** As stored and answered. */
    @JsonValue
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Containment then(Step next) {
    State now = next == Step.RESEAL ? State.WAITING : State.RUNNING;
    return new Containment(
        incident,
        now,
        next,
        datasets,
        done,
        total,
        auditFaults,
        askedBy,
        startedAt,
        finishedAt,
        givenUp);
  }

  Containment with(List<String> left) {
    return new Containment(
        incident,
        state,
        step,
        left,
        done,
        total,
        auditFaults,
        askedBy,
        startedAt,
        finishedAt,
        givenUp);
  }

  Containment fromAuditWith(Optional<Long> faults) {
    return new Containment(
        incident,
        state,
        step,
        datasets,
        done,
        total,
        faults,
        askedBy,
        startedAt,
        finishedAt,
        givenUp);
  }

  Containment counting(long nowDone, long of) {
    return new Containment(
        incident,
        state,
        step,
        datasets,
        nowDone,
        of,
        auditFaults,
        askedBy,
        startedAt,
        finishedAt,
        givenUp);
  }

  Containment finished(Instant at) {
    return new Containment(
        incident,
        State.DONE,
        step,
        datasets,
        total,
        total,
        auditFaults,
        askedBy,
        startedAt,
        Optional.of(at),
        givenUp);
  }
}
