package org.tallykeep.keyvault.revocation;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.tallykeep.evidence.LedgerEntry;
import org.tallykeep.evidence.LedgerEntry.Destroyed;
import org.tallykeep.evidence.LedgerEntry.Founded;
import org.tallykeep.evidence.LedgerEntry.Frozen;
import org.tallykeep.evidence.LedgerEntry.Lifted;
import org.tallykeep.evidence.LedgerEntry.Overridden;
import org.tallykeep.evidence.LedgerHead;
import org.tallykeep.keyvault.platform.IdTable;

/** What the ledger says, in memory, as far as it was read. Thread-safe. */
final class LedgerContents {

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final IdTable marks = new IdTable();

  /** Freezes in force, sealed, in the order of the ledger. */
  private final Map<UUID, byte[]> frozen = new LinkedHashMap<>();

  private final Set<UUID> lifted = new HashSet<>();
  private final List<GivenUp> givenUp = new ArrayList<>();
  private long last;
  private byte[] head = LedgerEntry.beginning();

  /** Freezes as the ledger has them. */
  record FreezesSaid(Map<UUID, byte[]> inForce, Set<UUID> lifted) {}

  /** Entries that were lost: those after one that is left, up to one that was remembered. */
  private record GivenUp(long after, long upTo, byte[] hash, byte[] by) {}

  /** An entry that is known to follow and to be genuine. */
  void takeUp(LedgerEntry entry, byte[] hash) {
    locked(
        lock.writeLock(),
        () -> {
          takeUp(entry.number(), entry.body(), hash);
          last = entry.number();
          head = hash;
          return true;
        });
  }

  private void takeUp(long number, LedgerEntry.Body body, byte[] hash) {
    switch (body) {
      case Founded founded -> {}
      case Destroyed gone -> {
        long packed = new Revocation(number, gone.mode()).packed();
        gone.marks().forEach(mark -> keepFirst(asId(mark), packed));
      }
      case Frozen(UUID freeze, byte[] sealed) -> {
        // What was lifted once stays so, whoever writes it down again.
        if (!lifted.contains(freeze)) {
          frozen.putIfAbsent(freeze, sealed);
        }
      }
      case Lifted(byte[] mark, UUID freeze) -> {
        frozen.remove(freeze);
        lifted.add(freeze);
      }
      case Overridden(byte[] mark, long position, byte[] remembered) -> {
        // Where only the founding comes before it, that was made anew as well.
        long after = number == 2 ? 0 : number - 1;
        givenUp.add(new GivenUp(after, position, remembered, hash));
      }
    }
  }

  private void keepFirst(UUID mark, long packed) {
    if (marks.get(mark) == 0) {
      marks.put(mark, packed);
    }
  }

  boolean hasMarks() {
    return marks() > 0;
  }

  int marks() {
    return locked(lock.readLock(), marks::size);
  }

  Optional<Revocation> find(byte[] mark) {
    long packed = locked(lock.readLock(), () -> marks.get(asId(mark)));
    return packed == 0 ? Optional.empty() : Optional.of(Revocation.unpacked(packed));
  }

  FreezesSaid freezes() {
    return locked(
        lock.readLock(), () -> new FreezesSaid(new LinkedHashMap<>(frozen), new HashSet<>(lifted)));
  }

  LedgerHead head(Instant now) {
    return locked(
        lock.readLock(),
        () ->
            new LedgerHead(
                last,
                LedgerHead.hex(head),
                givenUp.isEmpty() ? null : LedgerHead.hex(givenUp.getLast().by),
                now));
  }

  /** Whether officers gave up just this entry. */
  boolean gaveUp(long position, byte[] hash) {
    return locked(
        lock.readLock(),
        () ->
            givenUp.stream()
                .anyMatch(each -> each.upTo == position && Arrays.equals(each.hash, hash)));
  }

  /**
   * Whether an entry of that number is among those that officers gave up since.
   *
   * @param override the newest override before that entry, if there was one: what came after it has
   *     numbers that it gave up, and is not given up
   */
  boolean gaveUpSince(Optional<byte[]> override, long position) {
    return locked(
        lock.readLock(),
        () ->
            since(override).stream()
                .anyMatch(each -> each.after < position && position <= each.upTo));
  }

  /** All of them, when that override is itself lost. */
  private List<GivenUp> since(Optional<byte[]> override) {
    for (int place = 0; place < givenUp.size() && override.isPresent(); place++) {
      if (Arrays.equals(givenUp.get(place).by, override.get())) {
        return givenUp.subList(place + 1, givenUp.size());
      }
    }
    return givenUp;
  }

  private static <T> T locked(Lock lock, Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /** A mark has the length of an id. */
  private static UUID asId(byte[] mark) {
    ByteBuffer bytes = ByteBuffer.wrap(mark);
    return new UUID(bytes.getLong(), bytes.getLong());
  }
}
