package org.tallykeep.keyvault.revocation;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.evidence.LedgerHead;
import org.tallykeep.evidence.LedgerOverride;
import org.tallykeep.evidence.Statement;
import org.tallykeep.keyvault.access.Caller;
import org.tallykeep.keyvault.audit.AuditEvent;
import org.tallykeep.keyvault.audit.AuditTrail;
import org.tallykeep.keyvault.audit.Standing;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.keyvault.revocation.OverrideRepository.Asked;
import org.tallykeep.keyvault.signing.Signing;

/**
 * Takes a ledger that lost entries as it is, when two officers say the same within an hour. Each of
 * them names what is left and what is remembered, so that none agrees to something else.
 */
@Singleton
class LedgerOverrides {

  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final RevocationLedger ledger;
  private final LedgerMemory memory;
  private final OverrideRepository repository;
  private final Database database;
  private final Notes notes;

  /** How it is put on record. */
  @Singleton
  record Notes(AuditTrail trail, Standing standing, Signing signing, Clock clock) {}

  LedgerOverrides(
      RevocationLedger ledger,
      LedgerMemory memory,
      OverrideRepository repository,
      Database database,
      Notes notes) {
    this.ledger = ledger;
    this.memory = memory;
    this.repository = repository;
    this.database = database;
    this.notes = notes;
  }

  /** What an officer says, in hexadecimal, and why. */
  record Wanted(String head, String remembered, String reason) {}

  /** What comes of it. */
  sealed interface Outcome {}

  /** Another officer has to say the same before then. */
  record Waiting(Instant until) implements Outcome {}

  /** The ledger goes on from here. */
  record Accepted(String signed) implements Outcome {}

  /** What is wrong with the ledger; nothing when it is read, or not yet. */
  Optional<LedgerBroken> brokenness() {
    return ledger.brokenness();
  }

  /** Whether keys are opened. */
  boolean isReady() {
    return ledger.isReplayed();
  }

  /** How far it was read. */
  LedgerHead head() {
    return ledger.head();
  }

  /**
   * An officer's word.
   *
   * @throws OverrideRefused when there is nothing like it to override, or by the same officer
   */
  Outcome say(Caller.Person officer, Wanted wanted) {
    LostEntries lost = lost();
    if (!lost.isThat(wanted.head(), wanted.remembered())) {
      throw OverrideRefused.changed();
    }
    Instant now = notes.clock().instant();
    Optional<Asked> first =
        database.transaction(
            connection -> {
              repository.lock(connection);
              Optional<Asked> waiting =
                  repository
                      .waiting(connection, now.minus(LONGEST_WAIT))
                      .filter(asked -> asked.lost().equals(lost));
              if (waiting.isEmpty()) {
                record(officer, "ledger-override-asked", wanted.reason(), now);
                Asked asked = new Asked(UUID.randomUUID(), lost, officer.subject(), now);
                repository.insert(connection, asked, wanted.reason());
              }
              notes.standing().requireStill(connection, officer.subject());
              return waiting;
            });
    if (first.isEmpty()) {
      return new Waiting(now.plus(LONGEST_WAIT));
    }
    if (first.get().officer().equals(officer.subject())) {
      throw OverrideRefused.sameOfficer();
    }
    record(officer, "ledger-override-accepted", wanted.reason(), now);
    return accept(officer, first.get(), now);
  }

  private LostEntries lost() {
    LedgerBroken broken =
        ledger
            .brokenness()
            .orElseThrow(
                () -> OverrideRefused.notOverridable("Nothing is wrong with the ledger so far."));
    return broken.lost().orElseThrow(() -> OverrideRefused.notOverridable(broken.advice()));
  }

  private Outcome accept(Caller.Person officer, Asked first, Instant now) {
    LostEntries lost = first.lost();
    LedgerOverride note =
        new LedgerOverride(
            lost.left().position(),
            LedgerHead.hex(lost.left().head()),
            lost.remembered().position(),
            LedgerHead.hex(lost.remembered().head()),
            now);
    String signed = notes.signing().sign(Statement.LEDGER_OVERRIDE, note);
    memory.giveUp(
        lost, connection -> repository.accept(connection, first.id(), officer.subject(), signed));
    return new Accepted(signed);
  }

  /** Before it is done: the trail may say more than was done, never less. */
  private void record(Caller.Person officer, String action, String reason, Instant now) {
    notes
        .trail()
        .write(
            new AuditEvent(
                now,
                action,
                AuditEvent.Outcome.GRANTED,
                "",
                officer.client(),
                Optional.of(officer.subject()),
                Optional.empty(),
                Optional.of(reason),
                0,
                List.of()));
  }
}
