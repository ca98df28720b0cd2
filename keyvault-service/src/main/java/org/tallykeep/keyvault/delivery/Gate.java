package org.tallykeep.keyvault.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.keyvault.access.Caller;
import org.tallykeep.keyvault.audit.AuditEvent;
import org.tallykeep.keyvault.audit.AuditEvent.Outcome;
import org.tallykeep.keyvault.audit.AuditTrail;
import org.tallykeep.keyvault.audit.AuditedKey;
import org.tallykeep.keyvault.platform.Refusal;
import org.tallykeep.keyvault.revocation.RevocationLedger;

/** The last step of every request: it is written down, and only then answered. */
@Singleton
public class Gate {

  /** As many as an entry of the second smallest size holds. */
  private static final int NAMED_OF_A_REFUSAL = 16;

  private final AuditTrail trail;
  private final RevocationLedger ledger;
  private final Clock clock;
  private final MeterRegistry meters;

  Gate(AuditTrail trail, RevocationLedger ledger, Clock clock, MeterRegistry meters) {
    this.trail = trail;
    this.ledger = ledger;
    this.clock = clock;
    this.meters = meters;
  }

  /**
   * Refuses what is not allowed, with the first keys that were asked for in the audit; and
   * everything before the ledger was read, for a database that was set back is not relied on in
   * anything.
   */
  public void require(boolean allowed, Ask ask, List<KeyRef> wanted) {
    if (allowed) {
      ledger.requireReplayed();
      return;
    }
    turnAway(ask, wanted);
    throw new Refusal.NotAllowed(
        "This token may not do that. It was written down; PurposeMatrix.java says who"
            + " may what.");
  }

  /** Writes down that nothing was released; the caller says why. */
  void refuse(Ask ask, List<KeyRef> wanted) {
    write(ask, Outcome.REFUSED, wanted.stream().map(ref -> new AuditedKey(ref, false)).toList());
  }

  /**
   * Writes down that nothing was released to somebody who was charged nothing either: the number
   * that was asked for and the first few, so that what costs nothing takes little room.
   */
  void turnAway(Ask ask, List<KeyRef> wanted) {
    refuse(ask, wanted.subList(0, Math.min(wanted.size(), NAMED_OF_A_REFUSAL)));
  }

  /**
   * Returns once it is on record that these keys go out.
   *
   * @return what is on record, should they have to be {@link #withhold withheld}
   */
  public AuditEvent release(Ask ask, List<AuditedKey> keys) {
    return write(ask, Outcome.GRANTED, keys);
  }

  /** Takes back what is on record as released: it will not be answered. */
  void withhold(AuditEvent released) {
    trail.write(released.as(Outcome.WITHHELD));
  }

  private AuditEvent write(Ask ask, Outcome outcome, List<AuditedKey> keys) {
    AuditEvent event =
        new AuditEvent(
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            ask.action(),
            outcome,
            ask.purpose(),
            ask.caller().client(),
            person(ask.caller()),
            ask.grant(),
            ask.caseId(),
            ask.records(),
            keys);
    trail.write(event);
    meters
        .counter(
            "tallykeep.keys.requests",
            "action",
            ask.action(),
            "purpose",
            ask.purpose(),
            "outcome",
            outcome.label())
        .increment();
    long released = keys.stream().filter(AuditedKey::released).count();
    meters
        .counter("tallykeep.keys.released", "action", ask.action(), "purpose", ask.purpose())
        .increment(released);
    return event;
  }

  private static Optional<String> person(Caller caller) {
    return switch (caller) {
      case Caller.Service service -> Optional.empty();
      case Caller.Person person -> Optional.of(person.subject());
    };
  }
}
