package org.tallykeep.local.parts;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A process that was started and is not yet known to be ready. */
public record Starting(
    Launch launch, RunningProcess process, Duration limit, BooleanSupplier ready) {

  /** A process that fails or hangs is ended, and told about with the end of its log. */
  public RunningProcess awaitReady() {
    launch.awaitReady(process, limit, ready);
    return process;
  }
}
