package org.tallykeep.keyvault.rotation;

import java.time.Instant;
import java.util.Optional;
import org.tallykeep.keyvault.rotation.Rotation.State;

/**
 * How far a rotation is; committed together with the work it tells of.
 *
 * @param step what is done next
 * @param version the version that was made, of a dataset key or of the root key
 * @param mark how far that step is, in its own words
 * @param done of {@code total} keys
 * @param nextAt when it goes on, where it has to wait
 * @param reason why it failed, or is being tried again
 */
record Progress(
    State state,
    String step,
    Optional<Integer> version,
    Optional<String> mark,
    long done,
    long total,
    Optional<Instant> nextAt,
    Optional<Instant> finishedAt,
    Optional<String> reason) {

  static Progress begin(String step) {
    return new Progress(
        State.RUNNING,
        step,
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** On to that step, from its beginning. */
  Progress then(String next) {
    return marked(next, Optional.empty(), done);
  }

  /** Somewhere in that step. */
  Progress marked(String at, Optional<String> where, long nowDone) {
    return new Progress(
        State.RUNNING,
        at,
        version,
        where,
        nowDone,
        Math.max(total, nowDone),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** That step not before that time. */
  Progress thenAt(String next, Instant time) {
    return new Progress(
        State.WAITING,
        next,
        version,
        Optional.empty(),
        done,
        total,
        Optional.of(time),
        Optional.empty(),
        Optional.empty());
  }

  Progress ofVersion(int made) {
    return new Progress(
        state, step, Optional.of(made), mark, done, total, nextAt, finishedAt, reason);
  }

  Progress counting(long keysDone, long keys) {
    return new Progress(state, step, version, mark, keysDone, keys, nextAt, finishedAt, reason);
  }

  Progress finished(Instant now) {
    return over(State.DONE, now, Optional.empty());
  }

  Progress failed(Instant now, String why) {
    return over(State.FAILED, now, Optional.of(why));
  }

  /** The same once more, later. */
  Progress again(Instant time, String why) {
    return new Progress(
        state,
        step,
        version,
        mark,
        done,
        total,
        Optional.of(time),
        Optional.empty(),
        Optional.of(why));
  }

  private Progress over(State end, Instant now, Optional<String> why) {
    return new Progress(
        end, step, version, Optional.empty(), done, total, Optional.empty(), Optional.of(now), why);
  }
}
