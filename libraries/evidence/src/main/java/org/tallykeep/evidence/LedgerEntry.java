package org.tallykeep.evidence;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * An entry of the revocation ledger. All numbers big-endian.
 *
 * <pre>
 * 1        format, 1
 * 1        sort: 0 founded, 1 destroyed
 * 8        number, from 1
 * 32       hash of the entry before; zeros in the first
 * 8        time, microseconds since 1970-01-01T00:00Z
 *
 * founded: whose ledger it is
 * 16       the mark of nothing, made with the key that makes all marks
 *
 * destroyed: keys that open nothing any more
 * 1        kind: 0 subject, 1 pseudonym
 * 1        mode: 0 sever, 1 purge
 * 4        number of marks
 * n times  mark (16)
 * </pre>
 *
 * @param previous 32 bytes
 */
public record LedgerEntry(long number, byte[] previous, Instant at, Body body) {

  /** The length of a mark, in bytes. */
  public static final int MARK_LENGTH = 16;

  private static final String DOMAIN = "tallykeep ledger entry v1";
  private static final byte FORMAT = 1;
  private static final int HEAD = 2 + Long.BYTES + Sha256.LENGTH + Long.BYTES;

  /** What an entry says. */
  public sealed interface Body {}

  /**
   * The first entry: whose ledger it is.
   *
   * @param proof a mark that only the holder of the key makes
   */
  public record Founded(byte[] proof) implements Body {}

  /** Keys that open nothing any more. */
  public record Destroyed(Kind kind, Mode mode, List<byte[]> marks) implements Body {}

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
    ByteBuffer out =
        switch (body) {
          case Founded founded -> head(0, MARK_LENGTH).put(founded.proof());
          case Destroyed gone -> {
            ByteBuffer all = head(1, 2 + Integer.BYTES + gone.marks().size() * MARK_LENGTH);
            all.put((byte) gone.kind().ordinal()).put((byte) gone.mode().ordinal());
            all.putInt(gone.marks().size());
            gone.marks().forEach(all::put);
            yield all;
          }
        };
    return out.array();
  }

  private ByteBuffer head(int sort, int bodyLength) {
    return ByteBuffer.allocate(HEAD + bodyLength)
        .put(FORMAT)
        .put((byte) sort)
        .putLong(number)
        .put(previous)
        .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, at));
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
    try {
      ByteBuffer in = ByteBuffer.wrap(encoded);
      if (in.get() != FORMAT) {
        throw new NotGenuine("A ledger entry of an unknown format.");
      }
      int sort = in.get();
      long number = in.getLong();
      byte[] previous = bytes(in, Sha256.LENGTH);
      Instant at = Instant.EPOCH.plus(in.getLong(), ChronoUnit.MICROS);
      Body body =
          switch (sort) {
            case 0 -> new Founded(bytes(in, MARK_LENGTH));
            case 1 -> destroyed(in);
            default -> throw new NotGenuine("A ledger entry of an unknown sort.");
          };
      if (in.hasRemaining()) {
        throw new NotGenuine("A ledger entry is longer than it says.");
      }
      return new LedgerEntry(number, previous, at, body);
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new NotGenuine("A ledger entry is shorter than it says.", e);
    }
  }

  private static Destroyed destroyed(ByteBuffer in) {
    Kind kind = Kind.values()[in.get()];
    Mode mode = Mode.values()[in.get()];
    int count = in.getInt();
    if (count < 0 || count > in.remaining() / MARK_LENGTH) {
      throw new NotGenuine("A ledger entry is shorter than it says.");
    }
    List<byte[]> marks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      marks.add(bytes(in, MARK_LENGTH));
    }
    return new Destroyed(kind, mode, marks);
  }

  private static byte[] bytes(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
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
