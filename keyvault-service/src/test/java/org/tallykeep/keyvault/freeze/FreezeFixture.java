package org.tallykeep.keyvault.freeze;

import org.tallykeep.keyvault.event.EventFixture;
import org.tallykeep.keyvault.event.Pulse;
import org.tallykeep.keyvault.platform.Database;

/** Freezes without the framework. */
public final class FreezeFixture {

  private FreezeFixture() {}

  public static Freezes freezes(Database database, Pulse pulse) {
    return new Freezes(new FreezeRepository(), database, EventFixture.events(database), pulse);
  }
}
