package org.tallykeep.keyvault.incident;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.tallykeep.evidence.AuditInspection;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.audit.AuditEvent;
import org.tallykeep.keyvault.audit.AuditEvent.Outcome;
import org.tallykeep.keyvault.audit.AuditReader;
import org.tallykeep.keyvault.audit.AuditVerification;
import org.tallykeep.keyvault.freeze.Principal;
import org.tallykeep.keyvault.grant.JobGrants;
import org.tallykeep.platform.problem.Unavailable;

/**
 * Counts what an incident's principal was given: the figures that GDPR Article 33(3) asks for, from
 * the audit once it is verified.
 */
@Singleton
public final class Exposures {

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
    Instant from = from(incident);
    Instant until = until(incident);
    ExposureCount count = new ExposureCount();
    long unreadable = count(incident, from, until, count);
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

  /** The keys themselves, to be replaced, from the audit as it is; long work. */
  public Touched touched(Incident incident) {
    ExposureCount count = new ExposureCount();
    long unreadable = count(incident, from(incident), until(incident), count);
    return count.touched(faults().map(faults -> faults + unreadable));
  }

  /** Nobody waits with replacing keys until what was witnessed can be read. */
  private Optional<Long> faults() {
    try {
      return Optional.of((long) verification.verify().faults().size());
    } catch (Unavailable e) {
      return Optional.empty();
    }
  }

  private long count(Incident incident, Instant from, Instant until, ExposureCount count) {
    Predicate<AuditEvent> meant = meant(incident);
    List<AuditEvent> withheld = withheld(from, until, meant);
    return reader.forEach(
        from,
        until,
        opened -> {
          AuditEvent event = opened.event();
          if (meant.test(event) && !withheld.remove(event)) {
            count.add(event);
          }
        });
  }

  /** What was taken back, as it had been written down before: once for each time. */
  private List<AuditEvent> withheld(Instant from, Instant until, Predicate<AuditEvent> meant) {
    List<AuditEvent> withheld = new ArrayList<>();
    reader.forEach(
        from,
        until,
        opened -> {
          if (opened.event().outcome() == Outcome.WITHHELD && meant.test(opened.event())) {
            withheld.add(opened.event().as(Outcome.GRANTED));
          }
        });
    return withheld;
  }

  private static Instant from(Incident incident) {
    return incident.since().orElseGet(() -> incident.openedAt().minus(ASSUMED));
  }

  private Instant until(Incident incident) {
    return incident.until().orElseGet(() -> clock.instant().plusMillis(1));
  }

  /**
   * A person is behind their own requests and those of their jobs; a credential behind the rest. An
   * incident about everyone is about the purposes that it names, or about all.
   */
  private Predicate<AuditEvent> meant(Incident incident) {
    return switch (incident.principal()) {
      case Principal.Person person -> {
        Set<UUID> jobs = grants.of(person.name());
        yield event ->
            event.person().filter(person.name()::equals).isPresent()
                || event.grant().flatMap(Exposures::id).filter(jobs::contains).isPresent();
      }
      case Principal.Credential credential ->
          event -> event.client().equals(credential.name()) && event.person().isEmpty();
      case Principal.Everyone everyone -> {
        Set<String> named =
            incident.purposes().stream()
                .filter(each -> Purpose.named(each).isPresent())
                .collect(Collectors.toSet());
        yield event ->
            named.isEmpty()
                || Arrays.stream(event.purpose().split("\\+", -1)).anyMatch(named::contains);
      }
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
