package org.tallykeep.keyvault.budget;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.util.Map;

/** Budgets by who asks and what for. What is not listed here gets nothing. */
@ConfigMapping(prefix = "tallykeep.budgets")
public interface BudgetConfig {

  /**
   * Limits by purpose for each sort of account: {@code person} (each person at each service),
   * {@code jobs} (what each person's jobs do), {@code service} (each service in its own right),
   * {@code mixer} and {@code ingest} (the standing grants).
   */
  Map<String, ByPurpose> limits();

  /**
   * A raise of a limit above so many times the configured one needs a second officer. What raises
   * without one added to the account in the last 24 hours counts, whoever gave them.
   */
  @WithDefault("2")
  int secondOfficerAbove();

  /** Limits by purpose. */
  interface ByPurpose {
    @WithParentName
    Map<String, Amounts> of();
  }

  /** Records in any minute, hour and day. */
  interface Amounts {
    long minute();

    long hour();

    long day();
  }
}
