package org.tallykeep.customer.prediction;

import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.platform.problem.Unavailable;

/** Turns a refusal of the analytics service into one of ours. */
final class AnalyticsProblems implements ResponseExceptionMapper<RuntimeException> {

  private static final Duration A_WHILE = Duration.ofSeconds(5);

  AnalyticsProblems() {}

  @Override
  public RuntimeException toThrowable(Response response) {
    return response.getStatus() == 422
        ? new Refusal.Invalid(
            "prediction-refused",
            "horizon-out-of-range",
            "horizonDays",
            "No prediction can be made that far ahead.")
        : new Unavailable(
            "analytics-unavailable",
            "No predictions can be had at the moment. Try again in a while.",
            A_WHILE,
            null);
  }
}
