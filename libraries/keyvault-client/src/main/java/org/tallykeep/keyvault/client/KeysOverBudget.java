package org.tallykeep.keyvault.client;

import java.time.Duration;
import org.tallykeep.platform.problem.Problem;

/** More records than the person's budget leaves. */
public final class KeysOverBudget extends Problem {

  private final Duration retryAfter;

  public KeysOverBudget(Duration retryAfter) {
    super(
        new Kind("over-budget", 429, "Over budget"),
        "These are more records of persons than your budget leaves. Ask for fewer, or later; a"
            + " security officer can raise the budget.");
    this.retryAfter = retryAfter;
  }

  @Override
  public Duration retryAfter() {
    return retryAfter;
  }
}
