package org.tallykeep.keyvault.revocation;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.tallykeep.evidence.LedgerHead;
import org.tallykeep.evidence.NotGenuine;
import org.tallykeep.evidence.Statement;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.keyvault.revocation.LedgerRepository.Memory;
import org.tallykeep.keyvault.revocation.LedgerRepository.Place;
import org.tallykeep.keyvault.signing.Signing;
import org.tallykeep.keyvault.witness.WitnessFile;
import org.tallykeep.platform.problem.Unavailable;

/**
 * How far the ledger had come, as the database and the witness remember: a ledger that is shorter
 * was set back, and erased customers would come alive again.
 */
@Singleton
public final class LedgerMemory {

  private static final Logger LOG = Logger.getLogger(LedgerMemory.class);

  private final RevocationLedger ledger;
  private final LedgerRepository repository;
  private final Signing signing;
  private final WitnessFile witness;
  private long signedAt = -1;

  LedgerMemory(
      RevocationLedger ledger, LedgerRepository repository, Signing signing, WitnessFile witness) {
    this.ledger = ledger;
    this.repository = repository;
    this.signing = signing;
    this.witness = witness;
  }

  /**
   * Compares the ledger, as it was read, with what is remembered of it.
   *
   * @throws LedgerBroken when it is shorter, or another one
   */
  public void compare() {
    Optional<LedgerBroken> broken = broken();
    if (broken.isPresent()) {
      throw broken.get();
    }
  }

  /** What nobody can override, or else the larger of what is remembered and lost. */
  private Optional<LedgerBroken> broken() {
    List<LedgerBroken> all =
        Stream.of(
                repository.remembered().flatMap(memory -> broken("the database", memory)),
                witnessed().flatMap(memory -> broken("the witness", memory)))
            .flatMap(Optional::stream)
            .toList();
    return all.stream()
        .filter(each -> each.lost().isEmpty())
        .findFirst()
        .or(() -> all.stream().max(Comparator.comparingLong(LedgerMemory::remembered)));
  }

  private static long remembered(LedgerBroken broken) {
    return broken.lost().map(lost -> lost.remembered().position()).orElse(0L);
  }

  private Optional<Memory> witnessed() {
    String seen = witness.remembered().ledgerHead();
    if (seen == null) {
      return Optional.empty();
    }
    try {
      LedgerHead head = Statement.LEDGER_HEAD.verified(seen, signing.keys());
      return Optional.of(Memory.of(head));
    } catch (NotGenuine e) {
      throw new LedgerBroken("The witness's ledger head is not genuine: " + e.getMessage());
    }
  }

  private Optional<LedgerBroken> broken(String whose, Memory memory) {
    LedgerHead head = ledger.head();
    Place remembered = memory.place();
    long position = remembered.position();
    Optional<byte[]> now = ledger.hashAt(position);
    if (position == 0
        || (position <= head.position() && is(now, remembered))
        || isGivenUp(remembered)) {
      return Optional.empty();
    }
    String why =
        position > head.position()
            ? "The revocation ledger ends at entry %d, but %s remembers entry %d."
                .formatted(head.position(), whose, position)
            : "Entry %d of the revocation ledger is not the one that %s remembers."
                .formatted(position, whose);
    return Optional.of(
        mayBeGivenUp(head, memory)
            ? new LedgerBroken(why, new LostEntries(Place.of(head), remembered))
            : new LedgerBroken(why));
  }

  private static boolean is(Optional<byte[]> hash, Place remembered) {
    return hash.filter(found -> Arrays.equals(found, remembered.head())).isPresent();
  }

  /**
   * Entries that are missing at the end, or that were given up before by somebody whose memory was
   * of another of them. Not what was changed, and no hole: what lies behind it would come back.
   */
  private boolean mayBeGivenUp(LedgerHead head, Memory memory) {
    long position = memory.place().position();
    return (position > head.position()
            || ledger.contents().gaveUpSince(memory.override(), position))
        && LongStream.rangeClosed(head.position() + 1, position + 1)
            .allMatch(number -> ledger.hashAt(number).isEmpty());
  }

  /**
   * Gives up all that is remembered and lost: the ledger says so first, then what remembers it is
   * set back. Whoever dies in between leaves a ledger that says enough.
   *
   * @param agreed what officers looked at: nothing beyond it is given up
   * @param inTheSame done in the transaction that sets back the database's memory
   * @throws LedgerBroken when more is lost by now, or more than lost
   */
  boolean giveUp(LostEntries agreed, Database.Work<Boolean> inTheSame) {
    // The database's memory and the witness's may be of different entries.
    for (Optional<Place> lost = lost(agreed); lost.isPresent(); lost = lost(agreed)) {
      ledger.giveUp(lost.get().position(), lost.get().head());
    }
    compare();
    LedgerHead head = ledger.head();
    boolean done = repository.setBack(Memory.of(head), inTheSame);
    witness.ledgerHead(signing.sign(Statement.LEDGER_HEAD, head));
    witness.write();
    LOG.errorf(
        "Entries of the revocation ledger after %d, up to %d that was remembered, were given up by"
            + " two officers",
        agreed.left().position(), agreed.remembered().position());
    return done;
  }

  private Optional<Place> lost(LostEntries agreed) {
    return broken()
        .flatMap(LedgerBroken::lost)
        .map(LostEntries::remembered)
        .filter(lost -> lost.position() <= agreed.remembered().position());
  }

  /** In the transaction that acts on it: the database has seen the ledger so far. */
  public void remember(Connection connection) throws SQLException {
    repository.remember(connection, Memory.of(ledger.head()), this::isGivenUp);
  }

  private boolean isGivenUp(Place remembered) {
    return ledger.contents().gaveUp(remembered.position(), remembered.head());
  }

  /** Takes up what others wrote, and tells the witness how far the ledger has come. */
  @Scheduled(
      every = "1m",
      delayed = "10s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sign() {
    if (!ledger.isReplayed()) {
      return;
    }
    try {
      ledger.catchUp();
      LedgerHead head = ledger.head();
      if (head.position() != signedAt) {
        witness.ledgerHead(signing.sign(Statement.LEDGER_HEAD, head));
        signedAt = head.position();
      }
    } catch (Unavailable e) {
      LOG.warnf("The revocation ledger is not witnessed for now: %s", e.getMessage());
    }
  }
}
