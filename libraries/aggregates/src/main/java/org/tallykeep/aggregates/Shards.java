package org.tallykeep.aggregates;

import java.util.UUID;

/** How pseudonyms are spread over the shards in which aggregates are kept and accounted for. */
public final class Shards {

  /** The number of shards. */
  public static final int COUNT = 64;

  private Shards() {}

  /**
   * The shard of a pseudonym, 0 to 63: the lowest six bits of its random id, so every shard gets
   * its share.
   */
  public static int of(UUID purchaserId) {
    return (int) (purchaserId.getLeastSignificantBits() & COUNT - 1);
  }
}
