package org.tallykeep.envelope;

import java.util.Objects;
import java.util.UUID;

/**
 * Names a key; holds nothing secret.
 *
 * @param id the key's random id
 * @param version its version, from 1 upwards
 */
public record KeyRef(UUID id, int version) {
  /**
   * @throws IllegalArgumentException if the version is below 1
   */
  public KeyRef {
    Objects.requireNonNull(id, "id");
    if (version < 1) {
      throw new IllegalArgumentException("a key version starts at 1, got " + version);
    }
  }
}
