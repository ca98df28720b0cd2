package org.tallykeep.keyvault.audit;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.tallykeep.keyvault.access.Caller;
import org.tallykeep.keyvault.access.PurposeMatrix;
import org.tallykeep.keyvault.audit.AuditEvent.Outcome;
import org.tallykeep.keyvault.platform.Refusal;

/** Leave to do something that hands out no keys: given or refused, written down either way. */
@Singleton
public final class Permission {

  private final AuditTrail trail;
  private final Standing standing;
  private final Clock clock;

  Permission(AuditTrail trail, Standing standing, Clock clock) {
    this.standing = standing;
    this.trail = trail;
    this.clock = clock;
  }

  /** Returns if the caller may. */
  public void require(boolean allowed, Caller caller, String action) {
    trail.write(
        new AuditEvent(
            clock.instant(),
            action,
            allowed ? Outcome.GRANTED : Outcome.REFUSED,
            "",
            caller.client(),
            caller instanceof Caller.Person person
                ? Optional.of(person.subject())
                : Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            List.of()));
    if (!allowed) {
      throw new Refusal.NotAllowed(
          "This token may not do that. It was written down; PurposeMatrix.java says who"
              + " may what.");
    }
  }

  /** Returns the security officer's {@code sub}. */
  public String requireOfficer(Caller caller, String action) {
    require(PurposeMatrix.isOfficer(caller), caller, action);
    standing.require(caller, action);
    return ((Caller.Person) caller).subject();
  }

  /** Returns the security officer, also while the service is not ready. */
  public Caller.Person requireOfficerInRecovery(Caller caller, String action) {
    require(PurposeMatrix.isOfficer(caller), caller, action);
    standing.requireSoFar(caller, action);
    return (Caller.Person) caller;
  }
}
