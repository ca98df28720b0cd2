package org.tallykeep.keyvault.erasure;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.evidence.LedgerEntry.Kind;
import org.tallykeep.evidence.LedgerEntry.Mode;
import org.tallykeep.evidence.LedgerHead;
import org.tallykeep.evidence.Receipt;
import org.tallykeep.evidence.Statement;
import org.tallykeep.keyvault.access.Caller;
import org.tallykeep.keyvault.access.Purpose.Family;
import org.tallykeep.keyvault.access.PurposeMatrix;
import org.tallykeep.keyvault.audit.AuditedKey;
import org.tallykeep.keyvault.delivery.Admission;
import org.tallykeep.keyvault.delivery.Ask;
import org.tallykeep.keyvault.delivery.Gate;
import org.tallykeep.keyvault.event.Listeners;
import org.tallykeep.keyvault.revocation.Revocation;
import org.tallykeep.keyvault.revocation.RevocationLedger;
import org.tallykeep.keyvault.rotation.RotationSchedule;
import org.tallykeep.keyvault.signing.Signing;

/**
 * Destroys keys: written down, committed to the ledger, overwritten, heard of by all who keep keys,
 * attested. Whatever breaks off after the ledger is taken up by asking again, or by the replay at
 * the next start.
 */
@Singleton
class Destruction {

  private static final String ACTION = "destroy";

  /** What clients keep they keep no longer than that. */
  private static final Duration KEPT_AT_MOST = Duration.ofSeconds(60);

  private final Admission admission;
  private final Gate gate;
  private final RevocationLedger ledger;
  private final Overwriting overwriting;
  private final Aftermath aftermath;

  /** What follows once the keys are gone. */
  @Singleton
  record Aftermath(Listeners listeners, RotationSchedule schedule, Signing signing, Clock clock) {}

  Destruction(
      Admission admission,
      Gate gate,
      RevocationLedger ledger,
      Overwriting overwriting,
      Aftermath aftermath) {
    this.admission = admission;
    this.gate = gate;
    this.ledger = ledger;
    this.overwriting = overwriting;
    this.aftermath = aftermath;
  }

  /** Destroys keys in all their versions; the signed receipt. */
  String destroy(Caller caller, Kind kind, Mode mode, List<UUID> ids, Optional<String> caseId) {
    List<UUID> distinct = ids.stream().distinct().toList();
    Ask ask = new Ask(caller, ACTION, kind.label(), Optional.empty(), caseId, distinct.size());
    List<KeyRef> refs = distinct.stream().map(id -> new KeyRef(id, 1)).toList();
    gate.require(PurposeMatrix.mayDestroyKeys(caller), ask, refs);
    admission.admit(ask, ACTION, distinct.size());
    gate.release(ask, refs.stream().map(ref -> new AuditedKey(ref, false)).toList());
    ledger.destroy(kind, mode, distinct);
    Overwriting.Done done = overwriting.overwrite(family(kind), distinct);
    aftermath.listeners().awaitAll(done.event(), KEPT_AT_MOST);
    return aftermath.signing().sign(Statement.RECEIPT, receipt(kind, distinct));
  }

  /** In the order of marks, which tells nothing. */
  private Receipt receipt(Kind kind, List<UUID> ids) {
    List<Receipt.Key> keys =
        ids.stream()
            .map(id -> key(kind, id, ledger.find(kind, id).orElseThrow()))
            .sorted(Comparator.comparing(Receipt.Key::mark))
            .toList();
    LedgerHead head = ledger.head();
    Instant now = aftermath.clock().instant();
    return new Receipt(
        UUID.randomUUID(),
        now,
        kind,
        keys,
        head.position(),
        head.hash(),
        aftermath.schedule().unrecoverableFrom(now).orElse(null));
  }

  private Receipt.Key key(Kind kind, UUID id, Revocation revocation) {
    return new Receipt.Key(
        HexFormat.of().formatHex(ledger.mark(kind, id)), revocation.mode(), revocation.position());
  }

  /** Which of these keys are destroyed, and how. */
  Map<UUID, Revocation> match(Caller caller, Kind kind, List<UUID> ids) {
    Ask ask = Ask.of(caller, "match-revocations", kind.label(), ids.size());
    gate.require(PurposeMatrix.mayDestroyKeys(caller), ask, List.of());
    gate.release(ask, List.of());
    Map<UUID, Revocation> found = new TreeMap<>();
    ids.forEach(id -> ledger.find(kind, id).ifPresent(revoked -> found.put(id, revoked)));
    return found;
  }

  private static Family family(Kind kind) {
    return switch (kind) {
      case SUBJECT -> Family.SUBJECT;
      case PSEUDONYM -> Family.PSEUDONYM;
    };
  }
}
