package org.tallykeep.keyvault.witness;

import java.nio.file.Path;
import java.util.Optional;

/** Witnesses for tests of other packages. */
public final class WitnessFixture {

  private WitnessFixture() {}

  public static WitnessFile none() {
    return new WitnessFile(Optional::empty);
  }

  public static WitnessFile at(Path file) {
    return new WitnessFile(() -> Optional.of(file));
  }

  /** Without waiting for the minute. */
  public static void write(WitnessFile witness) {
    witness.write();
  }
}
