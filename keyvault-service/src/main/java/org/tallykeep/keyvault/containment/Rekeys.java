package org.tallykeep.keyvault.containment;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.keyvault.access.Purpose.Family;
import org.tallykeep.keyvault.audit.Standing;
import org.tallykeep.keyvault.event.KeyEvent;
import org.tallykeep.keyvault.event.KeyEvents;
import org.tallykeep.keyvault.person.ReplacedKeys;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.keyvault.rotation.BackupConfig;

/** Keys that are being replaced, until somebody says that everything is sealed under newer ones. */
@Singleton
class Rekeys {

  private final Database database;
  private final RekeyRepository repository;
  private final ContainmentRepository containments;
  private final ReplacedKeys keys;
  private final KeyEvents events;
  private final BackupConfig backup;
  private final Standing standing;

  Rekeys(
      Database database,
      RekeyRepository repository,
      ContainmentRepository containments,
      ReplacedKeys keys,
      KeyEvents events,
      BackupConfig backup,
      Standing standing) {
    this.database = database;
    this.repository = repository;
    this.containments = containments;
    this.keys = keys;
    this.events = events;
    this.backup = backup;
    this.standing = standing;
  }

  /** Keys that wait to be sealed anew, or those alone of which something cannot be. */
  List<Rekey> waiting(Optional<Family> family, Optional<UUID> after, boolean left, int limit) {
    return database.statement(
        connection -> repository.waiting(connection, family, after, left, limit));
  }

  /**
   * Something of these versions cannot be sealed anew.
   *
   * @return how many of them wait
   */
  int left(Family family, List<KeyRef> versions) {
    return database.transaction(connection -> repository.left(connection, family, versions));
  }

  /** Everything is sealed under these versions: those before open nothing any more. */
  int finish(Family family, List<KeyRef> versions) {
    return database.transaction(
        connection -> finish(connection, family, repository.done(connection, family, versions)));
  }

  /**
   * The same of those that were left, as that officer says, unless frozen since they asked.
   *
   * @return how many of them were left
   */
  int giveUp(Family family, List<KeyRef> versions, String officer) {
    return database.transaction(
        connection -> {
          int givenUp =
              finish(connection, family, repository.givenUp(connection, family, versions));
          containments.noteGivenUp(connection, givenUp);
          standing.requireStill(connection, officer);
          return givenUp;
        });
  }

  private int finish(Connection connection, Family family, List<KeyRef> replaced)
      throws SQLException {
    keys.putAside(connection, family, replaced);
    if (!replaced.isEmpty()) {
      events.append(connection, KeyEvent.Kind.DESTROYED, family.label());
    }
    return replaced.size();
  }

  /** Once no backup is left that needs them. */
  @Scheduled(every = "24h", delayed = "10m")
  void forgetAside() {
    long days = backup.retention().toDays() + 1;
    database.transaction(connection -> repository.forgetAside(connection, days));
  }
}
