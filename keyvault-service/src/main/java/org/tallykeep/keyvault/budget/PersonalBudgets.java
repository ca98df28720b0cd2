package org.tallykeep.keyvault.budget;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.tallykeep.keyvault.freeze.Freezes;
import org.tallykeep.keyvault.freeze.Frozen;
import org.tallykeep.keyvault.freeze.Wish;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.platform.work.Together;

/**
 * Charges persons: each request by itself, exactly, under the lock of their account. Requests of
 * one person that come while others of theirs are being charged share the next transaction, so that
 * they do not wait in line for a lock and a commit each.
 */
@Singleton
public final class PersonalBudgets {

  private static final int MOST = 256;

  /** Of as many accounts requests are charged at the same time: a third of the connections. */
  private static final int LANES = 8;

  private final Budgets budgets;
  private final Freezes freezes;
  private final Database database;
  private final List<Together<Charge, Charged>> lanes;

  PersonalBudgets(Budgets budgets, Freezes freezes, Database database) {
    this.budgets = budgets;
    this.freezes = freezes;
    this.database = database;
    this.lanes = Stream.generate(this::lane).limit(LANES).toList();
  }

  private record Charge(Account account, Wish wish, long records) {}

  /** What became of one, for whoever asked for it. */
  private sealed interface Charged {
    record Whole() implements Charged {}

    record Refused(RuntimeException why) implements Charged {}
  }

  private Together<Charge, Charged> lane() {
    return new Together<>(Charge::account, this::charge, MOST, 1);
  }

  /**
   * Charges so many records, all or none.
   *
   * @throws OverBudget when they do not fit
   * @throws Frozen when the person is frozen
   */
  public void charge(Account account, Wish wish, long records) {
    int lane = Math.floorMod(account.hashCode(), LANES);
    if (lanes.get(lane).ask(new Charge(account, wish, records))
        instanceof Charged.Refused(RuntimeException why)) {
      throw why;
    }
  }

  private List<Charged> charge(List<Charge> all) {
    return database.transaction(connection -> charge(connection, all));
  }

  private List<Charged> charge(Connection connection, List<Charge> all) throws SQLException {
    Budgets.Held held = budgets.hold(connection, all.getFirst().account);
    List<Charged> charged = new ArrayList<>(all.size());
    Map<Wish, Charged> wishes = new HashMap<>();
    for (Charge each : all) {
      if (!wishes.containsKey(each.wish)) {
        // After the lock of the account: a freeze that came while this waited counts.
        wishes.put(each.wish, granted(connection, each.wish));
      }
      Charged granted = Objects.requireNonNull(wishes.get(each.wish));
      charged.add(granted instanceof Charged.Whole ? fitted(held, each) : granted);
    }
    held.write(connection);
    return charged;
  }

  private Charged granted(Connection connection, Wish wish) throws SQLException {
    try {
      freezes.require(connection, wish);
      return new Charged.Whole();
    } catch (Frozen e) {
      return new Charged.Refused(e);
    }
  }

  private static Charged fitted(Budgets.Held held, Charge charge) {
    try {
      held.charge(charge.records);
      return new Charged.Whole();
    } catch (OverBudget e) {
      return new Charged.Refused(e);
    }
  }
}
