package org.tallykeep.keyvault.budget;

import jakarta.inject.Singleton;
import org.tallykeep.keyvault.freeze.Freezes;
import org.tallykeep.keyvault.freeze.Frozen;
import org.tallykeep.keyvault.freeze.Wish;
import org.tallykeep.keyvault.platform.Database;

/** Charges persons: each request by itself, exactly, under the lock of their account. */
@Singleton
public final class PersonalBudgets {

  private final Budgets budgets;
  private final Freezes freezes;
  private final Database database;

  PersonalBudgets(Budgets budgets, Freezes freezes, Database database) {
    this.budgets = budgets;
    this.freezes = freezes;
    this.database = database;
  }

  /**
   * Charges so many records, all or none.
   *
   * @throws OverBudget when they do not fit
   * @throws Frozen when the person is frozen
   */
  public void charge(Account account, Wish wish, long records) {
    database.run(
        connection -> {
          // After the lock of the account: a freeze that came while this waited counts.
          budgets.charge(connection, account, records);
          freezes.require(connection, wish);
        });
  }
}
