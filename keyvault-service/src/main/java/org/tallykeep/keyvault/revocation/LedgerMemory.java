package org.tallykeep.keyvault.revocation;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.tallykeep.evidence.LedgerHead;
import org.tallykeep.evidence.NotGenuine;
import org.tallykeep.evidence.Statement;
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
    repository
        .remembered()
        .ifPresent(
            place -> compare("the database", place.position(), LedgerHead.hex(place.head())));
    String seen = witness.remembered().ledgerHead();
    if (seen != null) {
      LedgerHead head = witnessed(seen);
      compare("the witness", head.position(), head.hash());
    }
  }

  private LedgerHead witnessed(String signed) {
    try {
      return Statement.LEDGER_HEAD.verified(signed, signing.keys());
    } catch (NotGenuine e) {
      throw new LedgerBroken("The witness's ledger head is not genuine: " + e.getMessage());
    }
  }

  private void compare(String whose, long position, String hash) {
    if (position > ledger.head().position()) {
      throw new LedgerBroken(
          "The revocation ledger ends at entry %d, but %s remembers entry %d."
              .formatted(ledger.head().position(), whose, position));
    }
    Optional<String> now = ledger.hashAt(position).map(HexFormat.of()::formatHex);
    if (position > 0 && !now.equals(Optional.of(hash))) {
      throw new LedgerBroken(
          "Entry %d of the revocation ledger is not the one that %s remembers."
              .formatted(position, whose));
    }
  }

  /** In the transaction that acts on it: the database has seen the ledger so far. */
  public void remember(Connection connection) throws SQLException {
    LedgerHead head = ledger.head();
    repository.remember(
        connection,
        new LedgerRepository.Place(head.position(), HexFormat.of().parseHex(head.hash())));
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
