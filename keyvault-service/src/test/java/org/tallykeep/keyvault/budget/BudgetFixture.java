package org.tallykeep.keyvault.budget;

import java.util.HashMap;
import java.util.Map;
import org.tallykeep.keyvault.event.EventFixture;
import org.tallykeep.keyvault.freeze.FreezeFixture;
import org.tallykeep.keyvault.freeze.Freezes;
import org.tallykeep.keyvault.platform.Database;

/** Budgets without the framework, as one replica has them. */
public final class BudgetFixture {

  private BudgetFixture() {}

  /** Limits for every purpose named, for that sort of account. */
  static BudgetConfig config(String sort, Limits limits, String... purposes) {
    Map<String, BudgetConfig.Amounts> amounts = new HashMap<>();
    for (String purpose : purposes) {
      amounts.put(purpose, new Amounts(limits.minute(), limits.hour(), limits.day()));
    }
    return new Config(Map.of(sort, () -> amounts), 2);
  }

  private record Amounts(long minute, long hour, long day) implements BudgetConfig.Amounts {}

  private record Config(Map<String, ByPurpose> limits, int secondOfficerAbove)
      implements BudgetConfig {}

  /** What charges accounts, for tests of other features. */
  public static Budgets budgets(String sort, Limits limits, String... purposes) {
    return new Budgets(new BudgetRepository(), config(sort, limits, purposes));
  }

  /** More than any test spends. */
  public static Budgets ample(String sort, String... purposes) {
    return budgets(sort, new Limits(1_000_000, 1_000_000, 1_000_000), purposes);
  }

  static PersonalBudgets persons(Database database, Budgets budgets) {
    return new PersonalBudgets(budgets, freezes(database), database);
  }

  static ReservedBlocks services(Database database, Budgets budgets) {
    return services(database, budgets, freezes(database));
  }

  static ReservedBlocks services(Database database, Budgets budgets, Freezes freezes) {
    return new ReservedBlocks(budgets, freezes, database);
  }

  static Freezes freezes(Database database) {
    return FreezeFixture.freezes(database, EventFixture.pulse(database));
  }
}
