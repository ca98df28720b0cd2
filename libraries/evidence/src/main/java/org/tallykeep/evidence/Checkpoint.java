package org.tallykeep.evidence;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * How far lanes of the audit trail had come.
 *
 * @param number from 1, without gaps
 * @param previous SHA-256 of the signed checkpoint before, in hexadecimal; of nothing for the first
 * @param lanes those that grew since the writer's checkpoint before
 */
public record Checkpoint(long number, Instant at, String previous, List<Lane> lanes) {

  /**
   * A lane's newest entry.
   *
   * @param hash in hexadecimal
   */
  public record Lane(UUID lane, long sequence, String hash) {}

  public Checkpoint {
    lanes = List.copyOf(lanes);
  }
}
