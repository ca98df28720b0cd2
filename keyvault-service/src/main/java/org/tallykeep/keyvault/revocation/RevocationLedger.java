package org.tallykeep.keyvault.revocation;

import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jboss.logging.Logger;
import org.tallykeep.evidence.LedgerEntry;
import org.tallykeep.evidence.LedgerEntry.Destroyed;
import org.tallykeep.evidence.LedgerEntry.Founded;
import org.tallykeep.evidence.LedgerEntry.Kind;
import org.tallykeep.evidence.LedgerEntry.Mode;
import org.tallykeep.evidence.LedgerHead;
import org.tallykeep.evidence.NotGenuine;
import org.tallykeep.keyvault.platform.IdTable;
import org.tallykeep.keyvault.platform.InTurn;
import org.tallykeep.keyvault.root.AppendOnlyLog;
import org.tallykeep.keyvault.root.AppendOnlyLogs;
import org.tallykeep.platform.problem.Unavailable;

/**
 * Which keys are destroyed. The ledger lies outside the database, in entries that are chained and
 * never change; all of it is in memory, by marks. Thread-safe; several replicas write to it.
 */
@Singleton
public final class RevocationLedger {

  private static final Logger LOG = Logger.getLogger(RevocationLedger.class);

  private final AppendOnlyLog log;
  private final RevocationKey key;
  private final Clock clock;

  /** Of the one thread that asks the log; what it reads is taken up under {@link #lock}. */
  private final InTurn asking = new InTurn();

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final IdTable marks = new IdTable();
  private long last;
  private byte[] head = LedgerEntry.beginning();
  private volatile boolean replayed;

  RevocationLedger(AppendOnlyLogs logs, RevocationKey key, Clock clock) {
    this.log = logs.named("revocations");
    this.key = key;
    this.clock = clock;
  }

  /**
   * Whether a key is destroyed, and how; by what is in memory.
   *
   * @throws Unavailable before the ledger was read
   */
  public Optional<Revocation> find(Kind kind, UUID id) {
    if (!replayed) {
      throw new Unavailable(
          "revocations-not-read",
          "The key service has not read its revocation ledger yet. Try again in a moment.",
          Duration.ofSeconds(2),
          null);
    }
    return known(kind, id);
  }

  /** Whether a key is destroyed, as far as the ledger was read. */
  public boolean isDestroyed(Kind kind, UUID id) {
    return known(kind, id).isPresent();
  }

  private Optional<Revocation> known(Kind kind, UUID id) {
    lock.readLock().lock();
    try {
      return marks.size() == 0
          ? Optional.empty()
          : Optional.of(marks.get(asId(key.mark(kind, id))))
              .filter(packed -> packed != 0)
              .map(Revocation::unpacked);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Whether keys may be opened: the ledger was read, and is the one that was remembered. */
  public boolean isReplayed() {
    return replayed;
  }

  /** Marks the end of the replay. */
  public void replayed() {
    replayed = true;
  }

  /** A key's mark, as entries and receipts name it. */
  public byte[] mark(Kind kind, UUID id) {
    return key.mark(kind, id);
  }

  /** How many keys are destroyed. */
  public int size() {
    lock.readLock().lock();
    try {
      return marks.size();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** How far this replica has read it. */
  public LedgerHead head() {
    lock.readLock().lock();
    try {
      return new LedgerHead(last, LedgerHead.hex(head), clock.instant());
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Reads what others wrote; founds the ledger when nobody has.
   *
   * @return how many entries were new
   * @throws LedgerBroken when it is not the ledger of this service, or was changed
   * @throws org.tallykeep.platform.problem.Unavailable when it cannot be read now
   */
  public long catchUp() {
    return asking.take(
        () -> {
          long before = last;
          readOn();
          if (last == 0) {
            append(new Founded(key.proof()));
          }
          return last - before;
        });
  }

  /**
   * Commits that keys are destroyed: from the return on they are, whatever becomes of the rows.
   * Those that are destroyed already stay as they are.
   *
   * @throws org.tallykeep.platform.problem.Unavailable when it cannot be written now, or nobody
   *     knows whether it was: asking again is safe
   */
  public void destroy(Kind kind, Mode mode, List<UUID> ids) {
    asking.take(
        () -> {
          catchUp();
          List<byte[]> fresh = notYetDestroyed(kind, ids);
          while (!fresh.isEmpty() && !append(new Destroyed(kind, mode, fresh))) {
            fresh = notYetDestroyed(kind, ids);
          }
          return true;
        });
  }

  private List<byte[]> notYetDestroyed(Kind kind, List<UUID> ids) {
    return ids.stream()
        .distinct()
        .map(id -> key.mark(kind, id))
        .filter(mark -> marks.get(asId(mark)) == 0)
        .toList();
  }

  /** The hash of an entry, read anew; nothing where there is none. */
  public Optional<byte[]> hashAt(long position) {
    return log.read(position).map(LedgerEntry::hash);
  }

  /** False when another replica was first: then its entry is taken up. */
  private boolean append(LedgerEntry.Body body) {
    byte[] encoded = new LedgerEntry(last + 1, head, clock.instant(), body).encoded();
    boolean written = log.append(last + 1, encoded);
    readOn();
    return written;
  }

  private void readOn() {
    for (Optional<byte[]> next = log.read(last + 1); next.isPresent(); next = log.read(last + 1)) {
      takeUp(next.get());
    }
  }

  private void takeUp(byte[] encoded) {
    LedgerEntry entry = decoded(encoded);
    if (!entry.follows(last, head)) {
      throw broken("Entry %d of the revocation ledger does not follow the one before it.");
    }
    if (entry.body() instanceof Founded founded
        && (last != 0 || !Arrays.equals(founded.proof(), key.proof()))) {
      throw broken("Entry %d says that this is the revocation ledger of another database.");
    }
    lock.writeLock().lock();
    try {
      if (entry.body() instanceof Destroyed gone) {
        long packed = new Revocation(entry.number(), gone.mode()).packed();
        gone.marks().forEach(mark -> keepFirst(asId(mark), packed));
      }
      last = entry.number();
      head = LedgerEntry.hash(encoded);
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void keepFirst(UUID mark, long packed) {
    if (marks.get(mark) == 0) {
      marks.put(mark, packed);
    }
  }

  /** A mark has the length of an id. */
  private static UUID asId(byte[] mark) {
    ByteBuffer bytes = ByteBuffer.wrap(mark);
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  private LedgerEntry decoded(byte[] encoded) {
    try {
      return LedgerEntry.decode(encoded);
    } catch (NotGenuine e) {
      throw broken("Entry %d of the revocation ledger cannot be read: " + e.getMessage());
    }
  }

  private LedgerBroken broken(String what) {
    LedgerBroken broken = new LedgerBroken(what.formatted(last + 1));
    LOG.error(broken.getMessage());
    return broken;
  }
}
