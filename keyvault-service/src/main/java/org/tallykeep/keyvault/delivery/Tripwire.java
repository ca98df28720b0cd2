package org.tallykeep.keyvault.delivery;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.keyvault.access.Authority;
import org.tallykeep.keyvault.access.Caller;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.freeze.Freeze;
import org.tallykeep.keyvault.freeze.Frozen;
import org.tallykeep.keyvault.freeze.Principal;
import org.tallykeep.keyvault.grant.DecoyRule;
import org.tallykeep.keyvault.grant.JobGrants;
import org.tallykeep.keyvault.incident.Incident;
import org.tallykeep.keyvault.incident.Incidents;
import org.tallykeep.keyvault.person.PurposeKey;

/**
 * Decoys: keys of customers who do not exist, which nobody with honest work has a reason to open.
 */
@Singleton
class Tripwire {

  private final Incidents incidents;
  private final JobGrants jobs;
  private final Gate gate;

  Tripwire(Incidents incidents, JobGrants jobs, Gate gate) {
    this.incidents = incidents;
    this.jobs = jobs;
    this.gate = gate;
  }

  /**
   * What may be released of a batch.
   *
   * @throws Frozen when a decoy was touched: nothing is released, the keys are zeroed, an incident
   *     is open and the principal frozen
   */
  List<PurposeKey> pass(Ask ask, DecoyRule rule, List<PurposeKey> opened) {
    if (opened.stream().noneMatch(PurposeKey::decoy)) {
      return opened;
    }
    return switch (rule) {
      case INCLUDE -> opened;
      case SKIP -> opened.stream().map(key -> key.decoy() ? key.hidden() : key).toList();
      case REFUSE -> throw sprung(ask, opened);
    };
  }

  private Frozen sprung(Ask ask, List<PurposeKey> opened) {
    opened.forEach(PurposeKey::close);
    incidents.open(
        new Incidents.Report(
            Incident.Cause.DECOY,
            Incident.Cause.DECOY.label(),
            principal(ask),
            purposes(principal(ask)),
            Optional.empty(),
            Optional.empty(),
            "A decoy was touched by a request for " + ask.purpose()));
    List<KeyRef> wanted = opened.stream().map(PurposeKey::ref).toList();
    gate.refuse(ask, wanted);
    return new Frozen();
  }

  /** Behind a job is the person who submitted it. */
  private Principal principal(Ask ask) {
    return switch (ask.caller()) {
      case Caller.Person person -> new Principal.Person(person.subject());
      case Caller.Service service ->
          Authority.of(ask.grant()) instanceof Authority.Job(UUID grant)
              ? new Principal.Person(jobs.find(grant).person())
              : new Principal.Credential(service.client());
    };
  }

  /**
   * A service is not stopped altogether by itself: that would be a way to bring the suite down.
   * What is left needs no person's data; an officer can freeze more.
   */
  private static Set<String> purposes(Principal principal) {
    return switch (principal) {
      case Principal.Person person -> Set.of(Freeze.EVERYTHING);
      case Principal.Credential credential -> Set.of(Freeze.GRANTS, Purpose.LINK.label());
      case Principal.Everyone everyone ->
          throw new IllegalStateException("a request comes from somebody");
    };
  }
}
