package org.tallykeep.keyvault.client;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/**
 * A job that a person wants done.
 *
 * @param name what the service calls it, kept in the audit
 * @param purposes of the keys it opens
 * @param mostRecords for each purpose; charged to the person's budget at once
 * @param notAfter at most 24 hours from now
 * @param decoys what happens at one
 */
public record JobOfPerson(
    String name, Set<Purpose> purposes, long mostRecords, Instant notAfter, Decoys decoys) {

  /** What happens when a decoy's key is asked for. */
  public enum Decoys {
    /** Nothing of the batch comes, and an incident is opened. */
    REFUSE,
    /** As if there were no such key. */
    SKIP;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Copies the purposes. */
  public JobOfPerson {
    purposes = Set.copyOf(purposes);
  }
}
