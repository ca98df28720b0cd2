package org.tallykeep.aggregates;

import java.nio.ByteBuffer;
import java.util.UUID;

/** UUIDs as their sixteen bytes, most significant first. */
public final class Uuids {

  private Uuids() {}

  /** The sixteen bytes. */
  public static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }
}
