package org.tallykeep.keyvault.revocation;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;
import org.tallykeep.evidence.LedgerEntry;
import org.tallykeep.evidence.NotGenuine;
import org.tallykeep.keyvault.root.AppendOnlyLog;
import org.tallykeep.keyvault.root.AppendOnlyLogs;

/** The ledger's entries, each of which has to follow the one before. Not thread-safe. */
final class LedgerChain {

  private static final Logger LOG = Logger.getLogger(LedgerChain.class);

  private final AppendOnlyLog log;
  private final SegmentedLog segmented;
  private long last;
  private byte[] head = LedgerEntry.beginning();

  LedgerChain(AppendOnlyLogs logs, int longestSegment) {
    this.log = logs.named("revocations");
    this.segmented = new SegmentedLog(log, logs.named("revocation-segments"), longestSegment);
  }

  /** The number of the entry that was read last; 0 before the first. */
  long last() {
    return last;
  }

  /**
   * Reads to the end.
   *
   * @param reader takes each entry with its hash; one that it refuses is read again the next time
   * @throws LedgerBroken when an entry is none, or does not follow
   */
  void readOn(BiConsumer<LedgerEntry, byte[]> reader) {
    segmented.readOn(
        encoded -> {
          LedgerEntry entry = decoded(encoded);
          if (!entry.follows(last, head)) {
            throw broken(
                "Entry %d of the revocation ledger does not follow the one before it."
                    .formatted(last + 1));
          }
          byte[] hash = LedgerEntry.hash(encoded);
          reader.accept(entry, hash);
          last = entry.number();
          head = hash;
        });
  }

  /**
   * Writes an entry after the last that was read, which has to be there still: a ledger that was
   * set back meanwhile would get a hole.
   *
   * @return false when another replica was first
   */
  boolean append(Instant at, LedgerEntry.Body body) {
    if (last > 0 && hashAt(last).filter(now -> Arrays.equals(now, head)).isEmpty()) {
      throw broken(
          "Entry %d of the revocation ledger was there and is not any more.".formatted(last));
    }
    return log.append(last + 1, next(at, body).encoded());
  }

  /** How an entry after the last that was read would look. */
  LedgerEntry next(Instant at, LedgerEntry.Body body) {
    return new LedgerEntry(last + 1, head, at, body);
  }

  /** The hash of an entry, read anew from the log itself; nothing where there is none. */
  Optional<byte[]> hashAt(long position) {
    return log.read(position).map(LedgerEntry::hash);
  }

  private LedgerEntry decoded(byte[] encoded) {
    try {
      return LedgerEntry.decode(encoded);
    } catch (NotGenuine e) {
      throw broken(
          "Entry %d of the revocation ledger cannot be read: %s"
              .formatted(last + 1, e.getMessage()));
    }
  }

  static LedgerBroken broken(String what) {
    LedgerBroken broken = new LedgerBroken(what);
    LOG.error(broken.getMessage());
    return broken;
  }
}
