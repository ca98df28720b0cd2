package org.tallykeep.evidence;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.tallykeep.evidence.LedgerEntry.Body;
import org.tallykeep.evidence.LedgerEntry.Destroyed;
import org.tallykeep.evidence.LedgerEntry.Founded;
import org.tallykeep.evidence.LedgerEntry.Frozen;
import org.tallykeep.evidence.LedgerEntry.Kind;
import org.tallykeep.evidence.LedgerEntry.Lifted;
import org.tallykeep.evidence.LedgerEntry.Mode;
import org.tallykeep.evidence.LedgerEntry.Overridden;

/** Entries of the ledger as bytes; {@link LedgerEntry} says which. */
final class LedgerCodec {

  private static final byte FORMAT = 1;
  private static final int HEAD = 2 + Long.BYTES + Sha256.LENGTH + Long.BYTES;
  private static final int ID = 2 * Long.BYTES;

  private LedgerCodec() {}

  static byte[] encode(LedgerEntry entry) {
    ByteBuffer out =
        switch (entry.body()) {
          case Founded founded -> head(entry, 0, LedgerEntry.MARK_LENGTH).put(founded.proof());
          case Destroyed gone -> {
            int length = 2 + Integer.BYTES + gone.marks().size() * LedgerEntry.MARK_LENGTH;
            ByteBuffer all = head(entry, 1, length);
            all.put((byte) gone.kind().ordinal()).put((byte) gone.mode().ordinal());
            all.putInt(gone.marks().size());
            gone.marks().forEach(all::put);
            yield all;
          }
          case Frozen(UUID freeze, byte[] sealed) ->
              put(head(entry, 2, ID + Integer.BYTES + sealed.length), freeze)
                  .putInt(sealed.length)
                  .put(sealed);
          case Lifted(byte[] mark, UUID freeze) ->
              put(head(entry, 3, LedgerEntry.MARK_LENGTH + ID).put(mark), freeze);
          case Overridden(byte[] mark, long position, byte[] hash) ->
              head(entry, 4, LedgerEntry.MARK_LENGTH + Long.BYTES + Sha256.LENGTH)
                  .put(mark)
                  .putLong(position)
                  .put(hash);
        };
    return out.array();
  }

  private static ByteBuffer head(LedgerEntry entry, int sort, int bodyLength) {
    return ByteBuffer.allocate(HEAD + bodyLength)
        .put(FORMAT)
        .put((byte) sort)
        .putLong(entry.number())
        .put(entry.previous())
        .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, entry.at()));
  }

  private static ByteBuffer put(ByteBuffer out, UUID id) {
    return out.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }

  static LedgerEntry decode(byte[] encoded) {
    try {
      ByteBuffer in = ByteBuffer.wrap(encoded);
      if (in.get() != FORMAT) {
        throw new NotGenuine("A ledger entry of an unknown format.");
      }
      int sort = in.get();
      long number = in.getLong();
      byte[] previous = bytes(in, Sha256.LENGTH);
      Instant at = Instant.EPOCH.plus(in.getLong(), ChronoUnit.MICROS);
      LedgerEntry entry = new LedgerEntry(number, previous, at, body(sort, in));
      if (in.hasRemaining()) {
        throw new NotGenuine("A ledger entry is longer than it says.");
      }
      return entry;
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new NotGenuine("A ledger entry is shorter than it says.", e);
    }
  }

  private static Body body(int sort, ByteBuffer in) {
    return switch (sort) {
      case 0 -> new Founded(bytes(in, LedgerEntry.MARK_LENGTH));
      case 1 -> destroyed(in);
      case 2 -> new Frozen(id(in), bytes(in, room(in, in.getInt(), 1)));
      case 3 -> new Lifted(bytes(in, LedgerEntry.MARK_LENGTH), id(in));
      case 4 ->
          new Overridden(
              bytes(in, LedgerEntry.MARK_LENGTH), in.getLong(), bytes(in, Sha256.LENGTH));
      default -> throw new NotGenuine("A ledger entry of an unknown sort.");
    };
  }

  private static Destroyed destroyed(ByteBuffer in) {
    Kind kind = Kind.values()[in.get()];
    Mode mode = Mode.values()[in.get()];
    int count = room(in, in.getInt(), LedgerEntry.MARK_LENGTH);
    if (count > LedgerEntry.MOST_MARKS) {
      throw new NotGenuine("A ledger entry has more marks than one may have.");
    }
    List<byte[]> marks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      marks.add(bytes(in, LedgerEntry.MARK_LENGTH));
    }
    return new Destroyed(kind, mode, marks);
  }

  /** Before anything is allocated for them: whether so many of a size are there. */
  private static int room(ByteBuffer in, int count, int each) {
    if (count < 0 || count > in.remaining() / each) {
      throw new NotGenuine("A ledger entry is shorter than it says.");
    }
    return count;
  }

  private static UUID id(ByteBuffer in) {
    return new UUID(in.getLong(), in.getLong());
  }

  private static byte[] bytes(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}
