package org.tallykeep.keyvault.person;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.evidence.LedgerEntry.Kind;
import org.tallykeep.keyvault.access.Purpose.Family;
import org.tallykeep.keyvault.revocation.RevocationLedger;

/**
 * Rows of keys without those that the ledger says are destroyed, whatever a database that was set
 * back may hold.
 */
@Singleton
final class LivingRows {

  private final PersonKeyRepository repository;
  private final RevocationLedger ledger;

  LivingRows(PersonKeyRepository repository, RevocationLedger ledger) {
    this.repository = repository;
    this.ledger = ledger;
  }

  Map<KeyRef, PersonKeyRow> find(Family family, List<KeyRef> refs) {
    return withoutDestroyed(family, repository.find(family, refs));
  }

  /** Of keys that are being replaced or were, in all their versions. */
  Map<KeyRef, PersonKeyRow> findReplaced(Family family, List<KeyRef> refs) {
    return withoutDestroyed(family, repository.findReplaced(family, refs));
  }

  private Map<KeyRef, PersonKeyRow> withoutDestroyed(
      Family family, Map<KeyRef, PersonKeyRow> rows) {
    Kind kind = kind(family);
    rows.keySet().removeIf(ref -> ledger.find(kind, ref.id()).isPresent());
    return rows;
  }

  /** The ids of all keys that the ledger says are destroyed. */
  List<UUID> destroyed(Family family) {
    List<UUID> destroyed = new ArrayList<>();
    Kind kind = kind(family);
    repository.forEachId(
        family,
        id -> {
          if (ledger.isDestroyed(kind, id)) {
            destroyed.add(id);
          }
        });
    return destroyed;
  }

  private static Kind kind(Family family) {
    return switch (family) {
      case SUBJECT -> Kind.SUBJECT;
      case PSEUDONYM -> Kind.PSEUDONYM;
      case DATASET -> throw new IllegalArgumentException("dataset keys are nobody's");
    };
  }
}
