package org.tallykeep.keyvault.event;

import org.tallykeep.keyvault.platform.Database;

/** Events without the framework. */
public final class EventFixture {

  private EventFixture() {}

  public static KeyEvents events(Database database) {
    return new KeyEvents(database);
  }

  /** One that beats only when told to. */
  public static Pulse pulse(Database database) {
    return new Pulse(events(database));
  }

  public static void beat(Pulse pulse) {
    pulse.beat();
  }
}
