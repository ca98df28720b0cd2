package org.tallykeep.evidence;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * An entry of the revocation ledger. All numbers big-endian.
 *
 * <pre>
 * 1        format, 1
 * 1        sort: 0 founded, 1 destroyed, 2 frozen, 3 lifted, 4 overridden
 * 8        number, from 1
 * 32       hash of the entry before; zeros in the first
 * 8        time, microseconds since 1970-01-01T00:00Z
 *
 * founded: the ledger belongs to whoever can make this mark
 * 16       mark of nothing
 *
 * destroyed: keys that open nothing any more
 * 1        kind: 0 subject, 1 pseudonym
 * 1        mode: 0 sever, 1 purge
 * 4        number of marks
 * n times  mark (16)
 *
 * frozen: who gets no keys until it is lifted
 * 16       the freeze's id
 * 4        length of what follows
 * n        a sealed record that says who
 *
 * lifted
 * 16       mark of this lifting
 * 16       the freeze's id
 *
 * overridden: what was remembered after the entry before is lost, and given up
 * 16       mark of this override
 * 8        number of an entry that was remembered
 * 32       its hash
 * </pre>
 *
 * @param previous 32 bytes
 */
public record LedgerEntry(long number, byte[] previous, Instant at, Body body) {

  /** The length of a mark, in bytes. */
  public static final int MARK_LENGTH = 16;

  /** How many marks one entry holds at most: with them it fits into half a MiB and its head. */
  public static final int MOST_MARKS = 1 << 15;

  private static final String DOMAIN = "tallykeep ledger entry v1";

  /** What an entry says. */
  public sealed interface Body {}

  /**
   * The first entry: whose ledger it is.
   *
   * @param proof a mark that only the holder of the key makes
   */
  public record Founded(byte[] proof) implements Body {}

  /** Keys that open nothing any more; at most {@link #MOST_MARKS}. */
  public record Destroyed(Kind kind, Mode mode, List<byte[]> marks) implements Body {
    /**
     * @throws IllegalArgumentException when they are too many for one entry
     */
    public Destroyed {
      if (marks.size() > MOST_MARKS) {
        throw new IllegalArgumentException(
            "One entry holds %d marks at most, not %d: make it several."
                .formatted(MOST_MARKS, marks.size()));
      }
    }
  }

  /**
   * Who gets no keys until it is lifted.
   *
   * @param sealed who, for the holder of the key alone
   */
  public record Frozen(UUID freeze, byte[] sealed) implements Body {}

  /**
   * That a freeze is over.
   *
   * @param mark that only the holder of the key can make: else whoever writes to the log could lift
   */
  public record Lifted(byte[] mark, UUID freeze) implements Body {}

  /**
   * That entries are lost and officers gave them up: the ledger goes on after the one before.
   *
   * @param mark that only the holder of the key makes, for this place in this ledger
   * @param position an entry that was remembered
   * @param hash its hash, 32 bytes
   */
  public record Overridden(byte[] mark, long position, byte[] hash) implements Body {}

  /** Which keys: new ones go at the end, the order is stored. */
  public enum Kind {
    SUBJECT,
    PSEUDONYM;

    /** As in requests and receipts. */
    @JsonValue
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static Kind of(String label) {
      return Arrays.stream(values())
          .filter(each -> each.label().equals(label))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("unknown kind"));
    }
  }

  /** What else is to go: new ones go at the end, the order is stored. */
  public enum Mode {
    /** The aggregated history stays, under a pseudonym that belongs to nobody. */
    SEVER,
    /** Nothing stays. */
    PURGE;

    /** As in requests and receipts. */
    @JsonValue
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static Mode of(String label) {
      return Arrays.stream(values())
          .filter(each -> each.label().equals(label))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("unknown mode"));
    }
  }

  /** What comes before the first entry. */
  public static byte[] beginning() {
    return new byte[Sha256.LENGTH];
  }

  /** As stored. */
  public byte[] encoded() {
    return LedgerCodec.encode(this);
  }

  /** The hash of an entry as stored, and so of all before it; 32 bytes. */
  public static byte[] hash(byte[] encoded) {
    return Sha256.of(DOMAIN, encoded);
  }

  /**
   * Reads an entry.
   *
   * @throws NotGenuine when it is none
   */
  public static LedgerEntry decode(byte[] encoded) {
    return LedgerCodec.decode(encoded);
  }

  /** Whether it follows an entry of that number and hash. */
  public boolean follows(long lastNumber, byte[] head) {
    return number == lastNumber + 1 && Arrays.equals(previous, head);
  }

  @Override
  public String toString() {
    return "LedgerEntry[" + number + "]";
  }
}
