package org.tallykeep.customer.rekey;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.tallykeep.platform.startup.StartupCheck;

/** What production thinks of how long the rows of new keys are waited for. */
record RekeyCheck(Duration absentFor, Duration writeWithin) implements StartupCheck {

  /** Made where the configuration is known. */
  static final class Producer {
    @Produces
    @Singleton
    StartupCheck rekeyCheck(RekeyConfig config) {
      return new RekeyCheck(config.absentFor(), config.writeWithin());
    }
  }

  @Override
  public List<Finding> findings() {
    return writeWithin.multipliedBy(2).compareTo(absentFor) <= 0
        ? Finding.none()
        : Finding.severe(
            "tallykeep.rekey.write-within",
            "more than half of tallykeep.rekey.absent-for: a row could be written under a key"
                + " version that was taken for unused");
  }
}
