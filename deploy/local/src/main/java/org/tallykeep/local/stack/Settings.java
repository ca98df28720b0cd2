package org.tallykeep.local.stack;

import org.tallykeep.local.parts.FreePorts;
import org.tallykeep.local.parts.PartFailedException;
import org.tallykeep.local.stack.StackState.Sample;

/** What a stack is, from what was asked for now and what it was before. */
final class Settings {

  private static final int HIGHEST_BASE = 65_000;

  private Settings() {}

  static StackState first(StateFolder folder, UpOptions options) {
    if (folder.holdsData()) {
      throw new PartFailedException(
          folder.data()
              + " holds data without a state, as after a crash while it was made."
              + " ./tallykeep up --fresh starts over, without that data.");
    }
    Sample sample = options.sample();
    return StackState.of(base(options), options.vault(), sample == null ? Sample.RETAIL : sample);
  }

  static StackState resume(StateFolder folder, StackState earlier, UpOptions options) {
    if (options.vault() && !earlier.vault()) {
      throw new PartFailedException(
          "This stack was made with the local root key, which cannot be changed afterwards."
              + " ./tallykeep up --fresh --vault starts over, without its data (--sample none leaves"
              + " the made-up retailer out).");
    }
    Sample sample = options.sample();
    if (sample == Sample.NONE && earlier.sample() == Sample.RETAIL) {
      throw new PartFailedException(
          "This stack holds the made-up retailer, which cannot be taken out again."
              + " ./tallykeep up --fresh --sample none starts over, without its data.");
    }
    if (sample == Sample.RETAIL && earlier.sample() == Sample.NONE) {
      throw new PartFailedException(
          "This stack was made without the sample, which would mix with what it holds now."
              + " ./tallykeep up --fresh starts over, without its data.");
    }
    Integer base = options.portBase();
    if (base == null || base == earlier.portBase()) {
      return earlier;
    }
    if (earlier.anyAlive()) {
      throw new PartFailedException(
          "This stack runs on the ports from %d on. ./tallykeep down ends it; then choose others."
              .formatted(earlier.portBase()));
    }
    StackState moved = earlier.onPorts(checked(base));
    folder.write(moved);
    return moved;
  }

  /** For a folder whose state is lost: data must not be deleted under a server that runs. */
  static void refuseTakenPorts(UpOptions options) {
    int base = base(options);
    for (Part part : Part.values()) {
      if (!FreePorts.isFree(part.port(base))) {
        throw new PartFailedException(
            "The state of an earlier stack is lost, and port %d is taken, perhaps by its %s. End that program first: --fresh would delete the data under it."
                .formatted(part.port(base), part.label()));
      }
    }
  }

  private static int base(UpOptions options) {
    Integer base = options.portBase();
    return checked(base == null ? UpOptions.DEFAULT_PORT_BASE : base);
  }

  private static int checked(int base) {
    if (base < 1024 || base > HIGHEST_BASE) {
      throw new PartFailedException("--port-base is a number from 1024 to " + HIGHEST_BASE + ".");
    }
    return base;
  }
}
