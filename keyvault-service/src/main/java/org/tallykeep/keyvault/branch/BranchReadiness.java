package org.tallykeep.keyvault.branch;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while branch keys are in memory. A sealed Vault alone turns nobody away: what is in memory
 * serves for its age. Asks neither Vault nor the database.
 */
@Readiness
@Singleton
final class BranchReadiness implements HealthCheck {

  private final BranchKeys keys;

  BranchReadiness(BranchKeys keys) {
    this.keys = keys;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("branch keys").status(keys.usable()).build();
  }
}
