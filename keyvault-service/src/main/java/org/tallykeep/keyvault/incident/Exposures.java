package org.tallykeep.keyvault.incident;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.tallykeep.evidence.AuditInspection;
import org.tallykeep.keyvault.audit.AuditEvent;
import org.tallykeep.keyvault.audit.AuditReader;
import org.tallykeep.keyvault.audit.AuditVerification;
import org.tallykeep.keyvault.freeze.Principal;
import org.tallykeep.keyvault.grant.JobGrants;

/**
 * Counts what an incident's principal was given: the figures that GDPR Article 33(3) asks for, from
 * the audit once it is verified.
 */
@Singleton
final class Exposures {

  /** How far back nobody trusts a principal when nobody says how far. */
  private static final Duration ASSUMED = Duration.ofHours(24);

  private final AuditVerification verification;
  private final AuditReader reader;
  private final JobGrants grants;
  private final Clock clock;

  Exposures(AuditVerification verification, AuditReader reader, JobGrants grants, Clock clock) {
    this.verification = verification;
    this.reader = reader;
    this.grants = grants;
    this.clock = clock;
  }

  Exposure of(Incident incident) {
    AuditInspection.Report audit = verification.verify();
    Instant from = incident.since().orElseGet(() -> incident.openedAt().minus(ASSUMED));
    Instant until = incident.until().orElseGet(() -> clock.instant().plusMillis(1));
    Predicate<AuditEvent> meant = meant(incident.principal());
    ExposureCount count = new ExposureCount();
    long unreadable =
        reader.forEach(
            from,
            until,
            opened -> {
              if (meant.test(opened.event())) {
                count.add(opened.event());
              }
            });
    return new Exposure(
        from,
        incident.since().isEmpty(),
        until,
        count.people(),
        count.pseudonyms(),
        count.records(),
        count.byPurpose(),
        count.datasets(),
        count.refused(),
        count.first(),
        count.last(),
        audit,
        unreadable);
  }

  /**
   * A person is behind their own requests and those of their jobs; a credential behind the rest.
   */
  private Predicate<AuditEvent> meant(Principal principal) {
    return switch (principal) {
      case Principal.Person person -> {
        Set<UUID> jobs = grants.of(person.name());
        yield event ->
            event.person().filter(person.name()::equals).isPresent()
                || event.grant().flatMap(Exposures::id).filter(jobs::contains).isPresent();
      }
      case Principal.Credential credential ->
          event -> event.client().equals(credential.name()) && event.person().isEmpty();
    };
  }

  private static Optional<UUID> id(String grant) {
    try {
      return Optional.of(UUID.fromString(grant));
    } catch (IllegalArgumentException standing) {
      return Optional.empty();
    }
  }
}
