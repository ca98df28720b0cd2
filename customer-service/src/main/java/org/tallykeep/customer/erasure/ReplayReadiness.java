package org.tallykeep.customer.erasure;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once nobody who was erased is back. */
@Readiness
final class ReplayReadiness implements HealthCheck {

  private final ReplayAtStart replay;

  ReplayReadiness(ReplayAtStart replay) {
    this.replay = replay;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("erasures replayed").status(replay.isDone()).build();
  }
}
