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

  /** As {@link #require(boolean, Caller, String)}; the keys are written down, too. */
  public void require(boolean allowed, Caller caller, String action, List<KeyRef> keys) {
    require(allowed, caller, action, Optional.empty(), keys);
  }

  private void require(
      boolean allowed, Caller caller, String action, Optional<String> why, List<KeyRef> keys) {
    write(allowed ? Outcome.GRANTED : Outcome.REFUSED, caller, action, why, keys);
    if (!allowed) {
      throw new Refusal.NotAllowed(
          "This token may not do that. It was written down; PurposeMatrix.java says who"
              + " may what.");
    }
  }

  private void write(
      Outcome outcome, Caller caller, String action, Optional<String> why, List<KeyRef> keys) {
    trail.write(
        new AuditEvent(
            clock.instant(),
            action,
            outcome,
            "",
            caller.client(),
            caller instanceof Caller.Person person
                ? Optional.of(person.subject())
                : Optional.empty(),
            Optional.empty(),
            why,
            keys.size(),
            keys.stream().map(key -> new AuditedKey(key, false)).toList()));
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
    requireOfficer(() -> standing.require(caller, action), caller, action, why, keys);
    return ((Caller.Person) caller).subject();
  }

  /** One who is frozen is not an officer now: written down as refused, as others are. */
  private void requireOfficer(
      Runnable standing, Caller caller, String action, Optional<String> why, List<KeyRef> keys) {
    boolean officer = PurposeMatrix.isOfficer(caller);
    if (officer) {
      try {
        standing.run();
      } catch (RuntimeException e) {
        write(Outcome.REFUSED, caller, action, why, keys);
        throw e;
      }
    }
    require(officer, caller, action, why, keys);
  }

  /** Returns the security officer, also while the service is not ready. */
  public Caller.Person requireOfficerInRecovery(Caller caller, String action) {
    requireOfficer(
        () -> standing.requireSoFar(caller, action), caller, action, Optional.empty(), List.of());
    return (Caller.Person) caller;
  }
}
