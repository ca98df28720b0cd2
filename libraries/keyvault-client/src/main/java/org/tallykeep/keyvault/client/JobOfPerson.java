package org.tallykeep.keyvault.client;

import java.time.Instant;
import java.util.Set;

/**
 * A job that a person wants done.
 *
 * @param name what the service calls it, kept in the audit
 * @param purposes of the keys it opens
 * @param mostRecords for each purpose; charged to the person's budget at once
 * @param notAfter at most 24 hours from now
 */
public record JobOfPerson(String name, Set<Purpose> purposes, long mostRecords, Instant notAfter) {
  /** Copies the purposes. */
  public JobOfPerson {
    purposes = Set.copyOf(purposes);
  }
}
