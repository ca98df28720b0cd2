package org.tallykeep.keyvault.revocation;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tallykeep.evidence.LedgerEntry;
import org.tallykeep.evidence.LedgerEntry.Body;
import org.tallykeep.evidence.LedgerEntry.Destroyed;
import org.tallykeep.evidence.LedgerEntry.Founded;
import org.tallykeep.evidence.LedgerEntry.Kind;
import org.tallykeep.evidence.LedgerEntry.Lifted;
import org.tallykeep.evidence.LedgerEntry.Mode;
import org.tallykeep.evidence.LedgerEntry.Overridden;
import org.tallykeep.evidence.LedgerHead;
import org.tallykeep.keyvault.platform.InTurn;
import org.tallykeep.keyvault.root.AppendOnlyLogs;
import org.tallykeep.platform.problem.Unavailable;

/**
 * Which keys are destroyed, and who is frozen. The ledger lies outside the database, in entries
 * that are chained and never change; all of it is in memory, keys by their marks. Thread-safe;
 * several replicas write to it.
 */
@Singleton
public final class RevocationLedger {

  /** Below what Vault takes as one value, in Base64. */
  private static final int LONGEST_SEGMENT = 1 << 19;

  private final LedgerChain chain;
  private final RevocationKey key;
  private final Clock clock;
  private final LedgerContents contents = new LedgerContents();

  /** Of the one thread that asks the log. */
  private final InTurn asking = new InTurn();

  private volatile boolean replayed;
  private volatile @Nullable LedgerBroken broken;

  @Inject
  RevocationLedger(AppendOnlyLogs logs, RevocationKey key, Clock clock) {
    this(new LedgerChain(logs, LONGEST_SEGMENT), key, clock);
  }

  RevocationLedger(LedgerChain chain, RevocationKey key, Clock clock) {
    this.chain = chain;
    this.key = key;
    this.clock = clock;
  }

  /**
   * Whether a key is destroyed, and how; by what is in memory.
   *
   * @throws Unavailable before the ledger was read
   */
  public Optional<Revocation> find(Kind kind, UUID id) {
    requireReplayed();
    return known(kind, id);
  }

  /**
   * Returns once keys may be opened.
   *
   * @throws Unavailable before the ledger was read
   * @throws LedgerBroken when it was found broken
   */
  public void requireReplayed() {
    if (!replayed) {
      requireLookedAt();
      throw Objects.requireNonNull(broken);
    }
  }

  /**
   * Returns once freezes are in force as far as it says them, even if it was found broken.
   *
   * @throws Unavailable before
   */
  public void requireLookedAt() {
    if (!replayed && broken == null) {
      throw new Unavailable(
          "revocations-not-read",
          "The key service has not read its revocation ledger yet. Try again in a moment.",
          Duration.ofSeconds(2),
          null);
    }
  }

  /** Whether a key is destroyed, as far as the ledger was read. */
  public boolean isDestroyed(Kind kind, UUID id) {
    return known(kind, id).isPresent();
  }

  private Optional<Revocation> known(Kind kind, UUID id) {
    return contents.hasMarks() ? contents.find(key.mark(kind, id)) : Optional.empty();
  }

  /** Whether keys may be opened: the ledger was read, and is the one that was remembered. */
  public boolean isReplayed() {
    return replayed;
  }

  /** Marks the end of the replay. */
  public void replayed() {
    replayed = true;
    broken = null;
  }

  /** Marks that it cannot be replayed as it is. */
  public void isBroken(LedgerBroken how) {
    broken = how;
  }

  /** How it is broken, if it is. */
  Optional<LedgerBroken> brokenness() {
    return Optional.ofNullable(broken);
  }

  /** A key's mark, as entries and receipts name it. */
  public byte[] mark(Kind kind, UUID id) {
    return key.mark(kind, id);
  }

  /** How many keys are destroyed. */
  public int size() {
    return contents.marks();
  }

  /** How far this replica has read it. */
  public LedgerHead head() {
    return contents.head(clock.instant());
  }

  /** What it says, as far as this replica has read it. */
  LedgerContents contents() {
    return contents;
  }

  /**
   * Reads what others wrote; founds the ledger when nobody has.
   *
   * @return how many entries were new
   * @throws LedgerBroken when it is not the ledger of this service, or was changed
   * @throws Unavailable when it cannot be read now
   */
  public long catchUp() {
    return asking.take(
        () -> {
          long before = chain.last();
          read();
          if (chain.last() == 0) {
            append(new Founded(key.proof()));
          }
          return chain.last() - before;
        });
  }

  /** Reads what others wrote, and founds nothing: whether there should be a ledger is not known. */
  public void read() {
    asking.take(
        () -> {
          chain.readOn(this::takeUp);
          return true;
        });
  }

  /**
   * Commits that keys are destroyed: from the return on they are, whatever becomes of the rows.
   * Those that are destroyed already stay as they are. More than one entry holds are committed one
   * entry after the other.
   *
   * @throws Unavailable when it cannot be written now, or nobody knows whether it was: asking again
   *     is safe
   */
  public void destroy(Kind kind, Mode mode, List<UUID> ids) {
    List<byte[]> marks = ids.stream().distinct().map(id -> key.mark(kind, id)).toList();
    commit(
        () -> {
          List<byte[]> fresh =
              marks.stream()
                  .filter(mark -> contents.find(mark).isEmpty())
                  .limit(LedgerEntry.MOST_MARKS)
                  .toList();
          return fresh.isEmpty() ? Optional.empty() : Optional.of(new Destroyed(kind, mode, fresh));
        });
  }

  /**
   * Writes until there is nothing left to write.
   *
   * @param missing what the ledger does not say yet, asked anew after each entry of whoever
   */
  void commit(Supplier<Optional<Body>> missing) {
    asking.take(
        () -> {
          catchUp();
          for (Optional<Body> next = missing.get(); next.isPresent(); next = missing.get()) {
            append(next.get());
          }
          return true;
        });
  }

  /**
   * Commits that an entry that was remembered is lost, with whatever came after the last that is
   * left.
   */
  void giveUp(long position, byte[] hash) {
    commit(
        () ->
            contents.gaveUp(position, hash)
                ? Optional.empty()
                : Optional.of(new Overridden(overrideMark(position, hash), position, hash)));
  }

  private byte[] overrideMark(long position, byte[] hash) {
    Overridden unmarked = new Overridden(new byte[LedgerEntry.MARK_LENGTH], position, hash);
    return key.overrideMark(chain.next(clock.instant(), unmarked), position, hash);
  }

  /** The hash of an entry, read anew; nothing where there is none. */
  public Optional<byte[]> hashAt(long position) {
    return chain.hashAt(position);
  }

  /** Where another replica was first its entry is taken up instead. */
  private void append(Body body) {
    chain.append(clock.instant(), body);
    read();
  }

  private void takeUp(LedgerEntry entry, byte[] hash) {
    if (entry.body() instanceof Overridden(byte[] mark, long position, byte[] remembered)
        && !Arrays.equals(mark, key.overrideMark(entry, position, remembered))) {
      throw LedgerChain.broken(
          "Entry %d of the revocation ledger overrides what this service did not override."
              .formatted(entry.number()));
    }
    if (entry.body() instanceof Lifted(byte[] mark, UUID freeze)
        && !Arrays.equals(mark, key.liftMark(freeze))) {
      throw LedgerChain.broken(
          "Entry %d of the revocation ledger lifts what this service did not lift."
              .formatted(entry.number()));
    }
    if (entry.body() instanceof Founded founded
        && (entry.number() != 1 || !Arrays.equals(founded.proof(), key.proof()))) {
      throw LedgerChain.broken(
          "Entry %d says that this is the revocation ledger of another database."
              .formatted(entry.number()));
    }
    contents.takeUp(entry, hash);
  }
}
