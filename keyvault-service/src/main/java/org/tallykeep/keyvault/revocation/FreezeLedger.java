package org.tallykeep.keyvault.revocation;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.tallykeep.envelope.RecordNotOpenedException;
import org.tallykeep.evidence.LedgerEntry;
import org.tallykeep.evidence.NotGenuine;
import org.tallykeep.keyvault.revocation.LedgerContents.FreezesSaid;

/**
 * Who is frozen, as the ledger says. A freeze is written once, however many replicas write it; one
 * that was lifted stays so.
 */
@Singleton
public final class FreezeLedger {

  private final RevocationLedger ledger;
  private final RevocationKey key;

  FreezeLedger(RevocationLedger ledger, RevocationKey key) {
    this.ledger = ledger;
    this.key = key;
  }

  /**
   * What it says.
   *
   * @param lifted all that ever were
   */
  public record Said(List<LedgerFreeze> inForce, Set<UUID> lifted) {}

  /**
   * Commits that somebody is frozen.
   *
   * @throws org.tallykeep.platform.problem.Unavailable when it cannot be written now
   */
  public void freeze(LedgerFreeze freeze) {
    UUID id = freeze.id();
    write(
        said -> said.inForce().containsKey(id) || said.lifted().contains(id),
        () -> new LedgerEntry.Frozen(id, key.seal(id, freeze.encoded())));
  }

  /**
   * Commits that a freeze is over.
   *
   * @throws org.tallykeep.platform.problem.Unavailable when it cannot be written now
   */
  public void lift(UUID freeze) {
    write(
        said -> said.lifted().contains(freeze),
        () -> new LedgerEntry.Lifted(key.liftMark(freeze), freeze));
  }

  private void write(Predicate<FreezesSaid> isWritten, Supplier<LedgerEntry.Body> body) {
    ledger.commit(
        () ->
            isWritten.test(ledger.contents().freezes())
                ? Optional.empty()
                : Optional.of(body.get()));
  }

  /**
   * What the ledger says, as far as this replica has read it.
   *
   * @throws LedgerBroken when a freeze was not sealed by this service
   */
  public Said said() {
    FreezesSaid sealed = ledger.contents().freezes();
    List<LedgerFreeze> inForce = new ArrayList<>();
    for (Map.Entry<UUID, byte[]> each : sealed.inForce().entrySet()) {
      inForce.add(opened(each.getKey(), each.getValue()));
    }
    return new Said(inForce, sealed.lifted());
  }

  /** The freezes in force, without those that were not sealed by this service. */
  public List<LedgerFreeze> readable() {
    List<LedgerFreeze> readable = new ArrayList<>();
    for (Map.Entry<UUID, byte[]> each : ledger.contents().freezes().inForce().entrySet()) {
      try {
        readable.add(opened(each.getKey(), each.getValue()));
      } catch (LedgerBroken e) {
        // It was told at ERROR; it is not why the others should be free.
        continue;
      }
    }
    return readable;
  }

  private LedgerFreeze opened(UUID freeze, byte[] sealed) {
    try {
      return LedgerFreeze.decoded(freeze, key.open(freeze, sealed));
    } catch (RecordNotOpenedException | NotGenuine e) {
      throw LedgerChain.broken(
          "The revocation ledger has a freeze, %s, that was not sealed by this service."
              .formatted(freeze));
    }
  }
}
