package org.tallykeep.keyvault.freeze;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.keyvault.event.KeyEvent;
import org.tallykeep.keyvault.event.KeyEvents;
import org.tallykeep.keyvault.event.Pulse;
import org.tallykeep.keyvault.platform.Database;

/**
 * Who is frozen. Asked in the database where a request is charged there anyway, and in memory, less
 * than a second old, where it is not.
 */
@Singleton
public final class Freezes {

  private final FreezeRepository repository;
  private final Database database;
  private final KeyEvents events;
  private final Pulse pulse;
  private volatile @Nullable List<Freeze> known;

  Freezes(FreezeRepository repository, Database database, KeyEvents events, Pulse pulse) {
    this.repository = repository;
    this.database = database;
    this.events = events;
    this.pulse = pulse;
    pulse.listen(new Reload());
  }

  private final class Reload implements Pulse.Listener {
    @Override
    public void begin() {
      refresh();
    }

    @Override
    public void heard(KeyEvent event) {
      switch (event.kind()) {
        case FROZEN, LIFTED -> refresh();
        case DESTROYED, ROTATED -> {}
      }
    }
  }

  /** Takes up what is committed: on this replica at once, without waiting for the next pulse. */
  public synchronized void refresh() {
    known = database.statement(repository::inForce);
  }

  /** Freezes a principal, on every replica within a second of the commit. */
  public Freeze freeze(
      Connection connection,
      UUID incident,
      Principal principal,
      Set<String> purposes,
      Instant since)
      throws SQLException {
    Freeze freeze = new Freeze(UUID.randomUUID(), incident, principal, purposes, since);
    repository.insert(connection, freeze);
    events.append(connection, KeyEvent.Kind.FROZEN, Freeze.EVERYTHING);
    return freeze;
  }

  /**
   * Puts a freeze back that the ledger has in force and this database does not have.
   *
   * @return false when it has it
   */
  public boolean putBack(Connection connection, Freeze freeze) throws SQLException {
    boolean missing = repository.putBack(connection, freeze);
    if (missing) {
      events.append(connection, KeyEvent.Kind.FROZEN, Freeze.EVERYTHING);
    }
    return missing;
  }

  /** Lifts a freeze that the ledger says is over; false when it is already. */
  public boolean liftAsTheLedgerSays(Connection connection, UUID freeze, Instant at)
      throws SQLException {
    boolean lifted = repository.liftAsTheLedgerSays(connection, freeze, at) > 0;
    if (lifted) {
      events.append(connection, KeyEvent.Kind.LIFTED, Freeze.EVERYTHING);
    }
    return lifted;
  }

  /** Has these written to the ledger, which does not say how they stand. */
  public void setNotInLedger(Connection connection, Collection<UUID> freezes) throws SQLException {
    repository.setNotInLedger(connection, freezes);
  }

  /** All that this database has, and whether they are lifted. */
  public Map<UUID, Boolean> states() {
    return database.statement(repository::states);
  }

  /** Lifts what an incident froze; how many freezes that were. */
  public int lift(Connection connection, UUID incident, String by, Instant at) throws SQLException {
    int lifted = repository.lift(connection, incident, by, at);
    if (lifted > 0) {
      events.append(connection, KeyEvent.Kind.LIFTED, Freeze.EVERYTHING);
    }
    return lifted;
  }

  /**
   * In the transaction that charges for it.
   *
   * @throws Frozen when the wish is not to be granted
   */
  public void require(Connection connection, Wish wish) throws SQLException {
    refuseIfConcerned(repository.inForce(connection, wish), wish);
  }

  /**
   * By what is in memory, or by the database when that is too old.
   *
   * @throws Frozen when the wish is not to be granted
   */
  public void require(Wish wish) {
    List<Freeze> inMemory = known;
    refuseIfConcerned(
        inMemory != null && pulse.hears()
            ? inMemory
            : database.statement(c -> repository.inForce(c, wish)),
        wish);
  }

  private static void refuseIfConcerned(List<Freeze> freezes, Wish wish) {
    if (freezes.stream().anyMatch(freeze -> freeze.concerns(wish))) {
      throw new Frozen();
    }
  }
}
