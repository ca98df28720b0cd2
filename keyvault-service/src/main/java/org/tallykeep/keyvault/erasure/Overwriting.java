package org.tallykeep.keyvault.erasure;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.tallykeep.keyvault.access.Purpose.Family;
import org.tallykeep.keyvault.event.KeyEvent;
import org.tallykeep.keyvault.event.KeyEvents;
import org.tallykeep.keyvault.person.PersonKeys;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.keyvault.revocation.LedgerMemory;

/** Brings rows in line with the ledger: what it says is destroyed becomes random bytes. */
@Singleton
class Overwriting {

  private static final int PORTION = 1_000;

  private final Database database;
  private final PersonKeys keys;
  private final LedgerMemory memory;
  private final KeyEvents events;

  Overwriting(Database database, PersonKeys keys, LedgerMemory memory, KeyEvents events) {
    this.database = database;
    this.keys = keys;
    this.memory = memory;
    this.events = events;
  }

  /** What became of rows. */
  record Done(int overwritten, long event) {}

  /** These, which the ledger knows already; everybody hears of it. */
  Done overwrite(Family family, List<UUID> ids) {
    return database.transaction(
        connection -> {
          int overwritten = keys.overwrite(connection, family, ids);
          memory.remember(connection);
          long event = events.append(connection, KeyEvent.Kind.DESTROYED, family.label());
          return new Done(overwritten, event);
        });
  }

  /** All that the ledger knows and that still open: how many these were. */
  long overwriteAll() {
    long overwritten = 0;
    for (Family family : List.of(Family.SUBJECT, Family.PSEUDONYM)) {
      List<UUID> destroyed = keys.destroyed(family);
      for (int from = 0; from < destroyed.size(); from += PORTION) {
        List<UUID> portion = destroyed.subList(from, Math.min(destroyed.size(), from + PORTION));
        overwritten +=
            database.transaction(connection -> keys.overwrite(connection, family, portion));
      }
    }
    database.run(memory::remember);
    return overwritten;
  }
}
