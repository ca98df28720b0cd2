package org.tallykeep.local.stack;

import org.jspecify.annotations.Nullable;

/**
 * What a person asked for; what they left open is as the state says, or else the default.
 *
 * @param fresh throw the state of an earlier stack away
 */
public record UpOptions(
    boolean fresh, boolean vault, StackState.@Nullable Sample sample, @Nullable Integer portBase) {

  public static final int DEFAULT_PORT_BASE = 7400;
}
