package org.tallykeep.keyvault.grant;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.keyvault.access.Caller;
import org.tallykeep.keyvault.access.Purpose;

/**
 * Leave for one job of one service, on behalf of the person who submitted it.
 *
 * @param job what the service calls it
 * @param client the service ({@code azp})
 * @param person the person ({@code sub})
 * @param maxRecords how many records it may open for each purpose
 * @param approvedBy the second officer, where one was needed
 */
public record JobGrant(
    UUID id,
    String job,
    String client,
    String person,
    Set<Purpose> purposes,
    long maxRecords,
    Instant notAfter,
    DecoyRule decoys,
    State state,
    Optional<String> approvedBy) {

  /** How far it is. */
  public enum State {
    /** Waits for a second officer. */
    PENDING,
    ACTIVE,
    CANCELLED
  }

  static JobGrant asked(Caller.Person person, JobGrants.Submission wanted, State state) {
    return new JobGrant(
        UUID.randomUUID(),
        wanted.job(),
        person.client(),
        person.subject(),
        wanted.purposes(),
        wanted.maxRecords(),
        wanted.notAfter(),
        wanted.decoys(),
        state,
        Optional.empty());
  }

  /** Without the person: they stay out of logs. */
  @Override
  public String toString() {
    return "JobGrant[" + id + "]";
  }
}
