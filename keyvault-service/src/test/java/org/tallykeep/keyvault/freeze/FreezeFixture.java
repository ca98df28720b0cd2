package org.tallykeep.keyvault.freeze;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.keyvault.audit.Standing;
import org.tallykeep.keyvault.branch.BranchFixture;
import org.tallykeep.keyvault.event.EventFixture;
import org.tallykeep.keyvault.event.Pulse;
import org.tallykeep.keyvault.fixture.FakeRoot;
import org.tallykeep.keyvault.fixture.MovableClock;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.keyvault.revocation.LedgerFixture;

/** Freezes without the framework. */
public final class FreezeFixture {

  private FreezeFixture() {}

  public static Freezes freezes(Database database, Pulse pulse) {
    return new Freezes(new FreezeRepository(), database, EventFixture.events(database), pulse);
  }

  /** Freezes for these purposes because of an incident, which is returned. */
  public static UUID freeze(
      Database database, Freezes freezes, Principal principal, Set<String> purposes) {
    UUID incident = UUID.randomUUID();
    database.transaction(
        connection -> {
          try (var insert =
              connection.prepareStatement(
                  """
                  INSERT INTO incident VALUES
                    (?, 'officer', now(), 'olivia', ?, ?, '{}', NULL, NULL, '', 'open')
                  """)) {
            insert.setObject(1, incident);
            insert.setString(2, principal.sort());
            insert.setString(3, principal.name());
            insert.executeUpdate();
          }
          return freezes.freeze(connection, incident, principal, purposes, Instant.now());
        });
    return incident;
  }

  /** Whom to trust, with a ledger of its own. */
  public static Standing standing(Database database) {
    return new FreezeStanding(
        freezes(database, EventFixture.pulse(database)),
        LedgerFixture.empty(
            database, BranchFixture.keys(database, new FakeRoot(), new MovableClock())));
  }
}
