package org.tallykeep.customer.jobs;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.customer.platform.Transactions;

/** Jobs page by page, the newest first. */
final class JobPages {

  private static final int DEFAULT = 20;
  private static final int MOST = 100;
  private static final int NANOS_OF_MICRO = 1000;

  private JobPages() {}

  /** Some jobs, and the cursor of those behind them. */
  record Page(List<Job> jobs, @Nullable String nextCursor) {}

  private record From(Instant submitted, UUID id) {}

  static Page of(
      Transactions transactions,
      JobRepository.Owner owner,
      @Nullable Integer limit,
      @Nullable String cursor) {
    int most = limit == null ? DEFAULT : limit;
    if (most < 1 || most > MOST) {
      throw new Refusal.Malformed("limit-out-of-range", "limit", "Between 1 and " + MOST + ".");
    }
    From from = cursor == null ? newest() : decode(cursor);
    List<Job> jobs =
        transactions.call(c -> JobRepository.newest(c, owner, from.submitted, from.id, most + 1));
    return jobs.size() <= most
        ? new Page(jobs, null)
        : new Page(jobs.subList(0, most), encode(jobs.get(most - 1)));
  }

  private static From newest() {
    return new From(Instant.parse("9999-01-01T00:00:00Z"), new UUID(-1, -1));
  }

  private static String encode(Job last) {
    Instant submitted = last.times().submitted();
    if (submitted == null) {
      throw new IllegalStateException("a job that is shown was submitted");
    }
    ByteBuffer bytes = ByteBuffer.allocate(28);
    bytes.putLong(submitted.getEpochSecond()).putInt(submitted.getNano() / NANOS_OF_MICRO);
    bytes.putLong(last.id().getMostSignificantBits()).putLong(last.id().getLeastSignificantBits());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  private static From decode(String cursor) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
      long second = bytes.getLong();
      int micro = bytes.getInt();
      UUID id = new UUID(bytes.getLong(), bytes.getLong());
      if (bytes.hasRemaining()
          || second < 0
          || second > newest().submitted.getEpochSecond()
          || micro < 0
          || micro >= 1_000_000) {
        throw malformed();
      }
      return new From(Instant.ofEpochSecond(second, (long) micro * NANOS_OF_MICRO), id);
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      throw malformed();
    }
  }

  private static Refusal malformed() {
    return new Refusal.Malformed(
        "cursor-unknown", "cursor", "Use nextCursor of the page before as it is.");
  }
}
