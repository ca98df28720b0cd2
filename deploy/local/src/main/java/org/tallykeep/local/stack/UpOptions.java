package org.tallykeep.local.stack;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person asked for; what they left open is as the state says, or else the default.
 *
 * @param fresh throw the state of an earlier stack away
 * @param settings more of the services' environments, for measurements
 */
public record UpOptions(
    boolean fresh,
    boolean vault,
    StackState.@Nullable Sample sample,
    @Nullable Integer portBase,
    Map<Part, Map<String, String>> settings) {

  public static final int DEFAULT_PORT_BASE = 7400;

  /** What {@code up} knows. */
  public UpOptions(
      boolean fresh,
      boolean vault,
      StackState.@Nullable Sample sample,
      @Nullable Integer portBase) {
    this(fresh, vault, sample, portBase, Map.of());
  }
}
