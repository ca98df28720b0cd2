package org.tallykeep.analytics.histories;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the histories have been loaded for the first time. */
@Readiness
final class HistoriesReadiness implements HealthCheck {

  private final HistoryStore store;

  HistoriesReadiness(HistoryStore store) {
    this.store = store;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("purchase histories")
        .status(store.current().isPresent())
        .build();
  }
}
