package org.tallykeep.keyvault.delivery;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Supplier;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.keyvault.access.Authority;
import org.tallykeep.keyvault.access.Caller;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.access.StandingGrant;
import org.tallykeep.keyvault.audit.AuditEvent;
import org.tallykeep.keyvault.budget.Account;
import org.tallykeep.keyvault.budget.OverBudget;
import org.tallykeep.keyvault.budget.PersonalBudgets;
import org.tallykeep.keyvault.budget.ReservedBlocks;
import org.tallykeep.keyvault.freeze.Freezes;
import org.tallykeep.keyvault.freeze.Frozen;
import org.tallykeep.keyvault.freeze.Wish;
import org.tallykeep.keyvault.grant.DecoyRule;
import org.tallykeep.keyvault.grant.GrantRefused;
import org.tallykeep.keyvault.grant.JobGrants;

/**
 * Lets a request in that the matrix allows: its principal is not frozen, and its budget leaves room
 * for all of it. What is not let in is written down.
 */
@Singleton
public class Admission {

  private final PersonalBudgets persons;
  private final ReservedBlocks services;
  private final JobGrants jobs;
  private final Freezes freezes;
  private final Gate gate;

  Admission(
      PersonalBudgets persons,
      ReservedBlocks services,
      JobGrants jobs,
      Freezes freezes,
      Gate gate) {
    this.freezes = freezes;
    this.persons = persons;
    this.services = services;
    this.jobs = jobs;
    this.gate = gate;
  }

  /**
   * Charges for the keys of persons or pseudonyms; what is to happen to decoys among them.
   *
   * @throws Frozen when the principal is
   * @throws OverBudget when they do not all fit
   * @throws GrantRefused when a job's grant does not cover them
   */
  DecoyRule admit(Ask ask, Purpose purpose, List<KeyRef> wanted) {
    Authority authority = Authority.of(ask.grant());
    return writtenDown(
        ask,
        wanted,
        () -> {
          if (authority instanceof Authority.Job job
              && ask.caller() instanceof Caller.Service service) {
            return jobs.use(job.grant(), service, purpose, wanted.size());
          }
          charge(ask, authority, purpose.label(), wanted.size());
          if (authority instanceof Authority.Granted(StandingGrant grant)
              && (grant == StandingGrant.REKEY || grant == StandingGrant.REINDEX)) {
            // Decoys are taken like all others: who replaces keys or tags does not know them.
            return DecoyRule.INCLUDE;
          }
          return switch (purpose) {
            // A stored mask, and the way to a pseudonym that never bought: those a decoy has, too.
            case LINK, MASK -> DecoyRule.INCLUDE;
            case IDENTITY,
                CONTACT,
                REIDENTIFY,
                LEDGER,
                AGGREGATE,
                INDEX,
                MANIFEST,
                AUDIT,
                TAG,
                REVOCATION ->
                DecoyRule.REFUSE;
          };
        });
  }

  /**
   * Lets a request in that costs nothing.
   *
   * @throws Frozen when the principal is
   */
  void requireNotFrozen(Ask ask, String what) {
    writtenDown(
        ask,
        List.of(),
        () -> {
          freezes.require(Wish.of(ask.caller(), Authority.of(ask.grant()), what));
          return true;
        });
  }

  /**
   * What was let in before a decoy was touched elsewhere is not answered after it.
   *
   * @param released what is on record as released
   * @throws Frozen when the principal is by now
   */
  void requireNotFrozenSince(AuditEvent released, Ask ask, String what) {
    try {
      freezes.require(Wish.of(ask.caller(), Authority.of(ask.grant()), what));
    } catch (Frozen e) {
      gate.withhold(released);
      throw e;
    }
  }

  /** Charges for what is no key of a person. */
  public void admit(Ask ask, String what, int records) {
    writtenDown(
        ask,
        List.of(),
        () -> {
          charge(ask, Authority.of(ask.grant()), what, records);
          return true;
        });
  }

  private void charge(Ask ask, Authority authority, String what, int records) {
    Account account = Account.of(ask.caller(), authority, what);
    Wish wish = Wish.of(ask.caller(), authority, what);
    switch (ask.caller()) {
      case Caller.Person person -> persons.charge(account, wish, records);
      case Caller.Service service -> services.take(account, wish, records);
    }
  }

  private <T> T writtenDown(Ask ask, List<KeyRef> wanted, Supplier<T> admission) {
    try {
      return admission.get();
    } catch (Frozen | OverBudget | GrantRefused e) {
      gate.turnAway(ask, wanted);
      throw e;
    }
  }
}
