package org.tallykeep.keyvault.revocation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.tallykeep.evidence.LedgerEntry;
import org.tallykeep.evidence.NotGenuine;
import org.tallykeep.keyvault.root.AppendOnlyLog;
import org.tallykeep.platform.problem.Unavailable;

/**
 * A log read from its beginning to its end, many entries at a time. What was read is written once
 * more as segments, as {@link Segment} says. Where a segment ends is given by the entries alone, so
 * it does not matter which replica writes it. A segment is never relied on: its entries must follow
 * one another, the last must be the one in the log, whose hash covers all before it, and the next
 * in the log must not have fitted. Where there is no such segment its entries are read one by one.
 * Not thread-safe.
 */
final class SegmentedLog {

  private static final Logger LOG = Logger.getLogger(SegmentedLog.class);

  private final AppendOnlyLog entries;
  private final AppendOnlyLog segments;
  private final int longest;

  /** Read ahead from a segment; the first has the number {@link #next}. */
  private final Deque<byte[]> ahead = new ArrayDeque<>();

  /** Read one by one and in no segment yet; the last has the number before {@link #next}. */
  private final List<byte[]> loose = new ArrayList<>();

  private int looseLength;
  private long next = 1;
  private long segment = 1;
  private boolean mayBegin = true;
  private boolean packing = true;

  /**
   * @param longest how many bytes of entries a segment holds, unless one alone is longer
   */
  SegmentedLog(AppendOnlyLog entries, AppendOnlyLog segments, int longest) {
    this.entries = entries;
    this.segments = segments;
    this.longest = longest;
  }

  /**
   * Hands on, in their order, all entries after those that were handed on before. One that the
   * reader throws at comes again the next time.
   *
   * @throws Unavailable when the log cannot be read now
   */
  void readOn(Consumer<byte[]> reader) {
    for (Optional<byte[]> entry = peek(); entry.isPresent(); entry = peek()) {
      reader.accept(entry.get());
      taken(entry.get());
    }
  }

  private Optional<byte[]> peek() {
    if (ahead.isEmpty() && mayBegin) {
      mayBegin = readSegment();
    }
    return ahead.isEmpty() ? entries.read(next) : Optional.of(ahead.element());
  }

  private void taken(byte[] entry) {
    next++;
    if (!ahead.isEmpty()) {
      ahead.remove();
    } else if (packing) {
      loose.add(entry);
      looseLength += Segment.room(entry);
      pack();
    }
  }

  /** Whether there is such a segment, and it is a true one. */
  private boolean readSegment() {
    Optional<byte[]> packed;
    try {
      packed = segments.read(segment);
    } catch (Unavailable e) {
      LOG.warnf("Segment %d of the revocation ledger cannot be read: %s", segment, e.getMessage());
      return false;
    }
    if (packed.isEmpty()) {
      return false;
    }
    List<byte[]> unpacked = Segment.unpacked(packed.get());
    if (unpacked.size() <= loose.size() || !isTrue(unpacked)) {
      LOG.errorf(
          "Segment %d of the revocation ledger is not what the ledger says: it is not relied on,"
              + " and its entries, from %d on, are read one by one",
          segment, next - loose.size());
      return false;
    }
    ahead.addAll(unpacked.subList(loose.size(), unpacked.size()));
    loose.clear();
    looseLength = 0;
    segment++;
    return true;
  }

  private boolean isTrue(List<byte[]> unpacked) {
    long first = next - loose.size();
    try {
      for (int i = 1; i < unpacked.size(); i++) {
        byte[] previous = LedgerEntry.hash(unpacked.get(i - 1));
        if (!LedgerEntry.decode(unpacked.get(i)).follows(first + i - 1, previous)) {
          return false;
        }
      }
    } catch (NotGenuine e) {
      return false;
    }
    return entries
            .read(first + unpacked.size() - 1)
            .filter(last -> Arrays.equals(last, unpacked.getLast()))
            .isPresent()
        && isFull(unpacked, entries.read(first + unpacked.size()));
  }

  /** One that was cut would shift the beginnings of all that follow. */
  private boolean isFull(List<byte[]> unpacked, Optional<byte[]> following) {
    int length = unpacked.stream().mapToInt(Segment::room).sum();
    return following.filter(entry -> length + Segment.room(entry) > longest).isPresent();
  }

  /** Writes a segment when it is full: when the newest entry does not fit into it any more. */
  private void pack() {
    if (looseLength <= longest || loose.size() == 1) {
      return;
    }
    byte[] newest = loose.removeLast();
    try {
      // Where there is one already another replica was first and wrote the same; or it is a false
      // one, which stays, and whose entries go on being read one by one.
      segments.append(segment, Segment.packed(loose));
    } catch (Unavailable e) {
      // Kept in memory until it can be written, a ledger would be there twice.
      LOG.warnf("Segments of the revocation ledger are written by others: %s", e.getMessage());
      packing = false;
    }
    loose.clear();
    looseLength = 0;
    if (packing) {
      loose.add(newest);
      looseLength = Segment.room(newest);
      segment++;
      mayBegin = true;
    }
  }
}
