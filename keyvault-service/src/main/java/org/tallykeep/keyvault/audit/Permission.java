package org.tallykeep.keyvault.audit;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.tallykeep.envelope.KeyRef;
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
    require(allowed, caller, action, Optional.empty(), List.of());
  }

  private void require(
      boolean allowed, Caller caller, String action, Optional<String> why, List<KeyRef> keys) {
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
            why,
            keys.size(),
            keys.stream().map(key -> new AuditedKey(key, false)).toList()));
    if (!allowed) {
      throw new Refusal.NotAllowed(
          "This token may not do that. It was written down; PurposeMatrix.java says who"
              + " may what.");
    }
  }

  /** Returns the security officer's {@code sub}. */
  public String requireOfficer(Caller caller, String action) {
    return requireOfficer(caller, action, Optional.empty(), List.of());
  }

  /** As {@link #requireOfficer(Caller, String)}; the reason and the keys are written down, too. */
  public String requireOfficer(Caller caller, String action, String why, List<KeyRef> keys) {
    return requireOfficer(caller, action, Optional.of(why), keys);
  }

  private String requireOfficer(
      Caller caller, String action, Optional<String> why, List<KeyRef> keys) {
    require(PurposeMatrix.isOfficer(caller), caller, action, why, keys);
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
