package org.tallykeep.keyvault.delivery;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.keyvault.access.Access;
import org.tallykeep.keyvault.access.Authority;
import org.tallykeep.keyvault.access.Caller;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.access.Purpose.Family;
import org.tallykeep.keyvault.access.PurposeMatrix;
import org.tallykeep.keyvault.access.StandingGrant;
import org.tallykeep.keyvault.audit.AuditEvent;
import org.tallykeep.keyvault.audit.AuditedKey;
import org.tallykeep.keyvault.grant.DecoyRule;
import org.tallykeep.keyvault.person.NewKey;
import org.tallykeep.keyvault.person.PersonKeys;
import org.tallykeep.keyvault.person.PurposeKey;
import org.tallykeep.keyvault.person.ReplacedKeys;
import org.tallykeep.keyvault.platform.Refusal;

/** Keys of persons and pseudonyms: allowed, made or opened, written down, handed out. */
@Singleton
class KeyDelivery {

  private final Access access;
  private final PersonKeys keys;
  private final ReplacedKeys replaced;
  private final Admission admission;
  private final Tripwire tripwire;
  private final Gate gate;

  KeyDelivery(
      Access access,
      PersonKeys keys,
      ReplacedKeys replaced,
      Admission admission,
      Tripwire tripwire,
      Gate gate) {
    this.access = access;
    this.keys = keys;
    this.replaced = replaced;
    this.admission = admission;
    this.tripwire = tripwire;
    this.gate = gate;
  }

  List<NewKey> create(Caller caller, PersonKeys.Order order) {
    Family kind = order.family();
    Set<Purpose> purposes = order.purposes();
    int count = order.count();
    String names = purposes.stream().sorted().map(Purpose::label).collect(Collectors.joining("+"));
    Ask ask = Ask.of(caller, "create-" + kind.label(), names, count);
    gate.require(PurposeMatrix.mayCreateKeys(caller), ask, List.of());
    admission.requireNotFrozen(ask, ask.action());
    if (kind == Family.DATASET || !purposes.stream().allMatch(p -> p.family() == kind)) {
      throw new Refusal.Meaningless("A %s key has no such purpose.".formatted(kind.label()));
    }
    List<NewKey> created = keys.create(order);
    try {
      AuditEvent released =
          gate.release(ask, created.stream().map(k -> new AuditedKey(k.ref(), true)).toList());
      admission.requireNotFrozenSince(released, ask, ask.action());
      return created;
    } catch (RuntimeException e) {
      created.forEach(NewKey::close);
      throw e;
    }
  }

  /** How many keys of a kind are decoys: whoever counts customers has to take them off. */
  long decoys(Caller caller, Family kind) {
    Ask ask = Ask.of(caller, "count-decoys", "", 0);
    gate.require(PurposeMatrix.mayCreateKeys(caller), ask, List.of());
    gate.release(ask, List.of());
    return keys.decoys(kind);
  }

  List<PurposeKey> unwrap(Ask ask, Purpose purpose, List<KeyRef> refs) {
    boolean allowed = access.allows(ask.caller(), purpose, Authority.of(ask.grant()));
    gate.require(allowed, ask, refs);
    if (purpose.family() == Family.DATASET) {
      throw new Refusal.Meaningless("That is the purpose of a dataset: use /v1/dataset-keys.");
    }
    DecoyRule decoys = admission.admit(ask, purpose, refs);
    List<PurposeKey> opened = tripwire.pass(ask, decoys, open(ask, purpose, refs));
    try {
      AuditEvent released =
          gate.release(ask, opened.stream().map(k -> new AuditedKey(k.ref(), k.exists())).toList());
      admission.requireNotFrozenSince(released, ask, purpose.label());
      return opened;
    } catch (RuntimeException e) {
      opened.forEach(PurposeKey::close);
      throw e;
    }
  }

  /** Who replaces keys gets the versions before, too, of those that are being replaced. */
  private List<PurposeKey> open(Ask ask, Purpose purpose, List<KeyRef> refs) {
    return Authority.of(ask.grant()) instanceof Authority.Granted(StandingGrant grant)
            && grant == StandingGrant.REKEY
        ? replaced.unwrap(purpose, refs)
        : keys.unwrap(purpose, refs);
  }
}
