package org.tallykeep.customer.jobs;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.platform.Refusal;

/** The job behind which the next page goes on. */
public record JobCursor(Instant submitted, UUID id) {

  private static final int DEFAULT = 20;
  private static final int MOST = 100;
  private static final int NANOS_OF_MICRO = 1000;
  private static final JobCursor NEWEST =
      new JobCursor(Instant.parse("9999-01-01T00:00:00Z"), new UUID(-1, -1));

  /** How many jobs a page has at most. */
  public static int most(@Nullable Integer limit) {
    int most = limit == null ? DEFAULT : limit;
    if (most < 1 || most > MOST) {
      throw new Refusal.Malformed("limit-out-of-range", "limit", "Between 1 and " + MOST + ".");
    }
    return most;
  }

  /** As callers have it. */
  public String encode() {
    ByteBuffer bytes = ByteBuffer.allocate(28);
    bytes.putLong(submitted.getEpochSecond()).putInt(submitted.getNano() / NANOS_OF_MICRO);
    bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * As callers give it; before the newest job if they give none.
   *
   * @throws Refusal.Malformed if it is none
   */
  public static JobCursor decode(@Nullable String cursor) {
    if (cursor == null) {
      return NEWEST;
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
      long second = bytes.getLong();
      int micro = bytes.getInt();
      UUID id = new UUID(bytes.getLong(), bytes.getLong());
      if (bytes.hasRemaining()
          || second < 0
          || second > NEWEST.submitted.getEpochSecond()
          || micro < 0
          || micro >= 1_000_000) {
        throw malformed();
      }
      return new JobCursor(Instant.ofEpochSecond(second, (long) micro * NANOS_OF_MICRO), id);
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      throw malformed();
    }
  }

  private static Refusal malformed() {
    return new Refusal.Malformed(
        "cursor-unknown", "cursor", "Use nextCursor of the page before as it is.");
  }
}
