package org.tallykeep.keyvault.budget;

import java.time.Duration;
import java.util.Map;
import org.tallykeep.platform.problem.Problem;

/** More records than the budget leaves: 429 with the time after which they may fit. */
public final class OverBudget extends Problem {

  private final Window window;
  private final Duration retryAfter;

  OverBudget(Spending.Excess excess) {
    super(
        new Kind("over-budget", 429, "Over budget"),
        excess.ever()
            ? "This would be more records than the budget allows in one %s. Ask again later, or ask for fewer at once."
                .formatted(excess.window().label())
            : "These are more records than the budget allows in one %s at all. Ask for fewer; a security officer can raise the budget."
                .formatted(excess.window().label()));
    this.window = excess.window();
    this.retryAfter = excess.retryAfter();
  }

  @Override
  public Duration retryAfter() {
    return retryAfter;
  }

  @Override
  public Map<String, Object> extras() {
    return Map.of("window", window.label());
  }
}
