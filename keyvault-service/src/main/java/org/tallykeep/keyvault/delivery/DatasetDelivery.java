package org.tallykeep.keyvault.delivery;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.tallykeep.envelope.MessageLease;
import org.tallykeep.keyvault.access.Access;
import org.tallykeep.keyvault.access.Authority;
import org.tallykeep.keyvault.access.Caller;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.access.Purpose.Family;
import org.tallykeep.keyvault.audit.AuditEvent;
import org.tallykeep.keyvault.audit.AuditedKey;
import org.tallykeep.keyvault.dataset.DatasetKey;
import org.tallykeep.keyvault.dataset.DatasetKeys;
import org.tallykeep.keyvault.platform.Refusal;

/** Keys of datasets: allowed, leased or opened, written down, handed out. */
@Singleton
class DatasetDelivery {

  private final Access access;
  private final DatasetKeys keys;
  private final Admission admission;
  private final Gate gate;

  DatasetDelivery(Access access, DatasetKeys keys, Admission admission, Gate gate) {
    this.access = access;
    this.keys = keys;
    this.admission = admission;
    this.gate = gate;
  }

  DatasetKey lease(Caller caller, Purpose purpose, long messages) {
    Ask ask = allowed(Ask.of(caller, "lease", purpose.label(), 1), purpose);
    if (messages > MessageLease.MAX_MESSAGES) {
      throw new Refusal.BatchTooLarge(MessageLease.MAX_MESSAGES);
    }
    // Before anything is counted as spent: who is refused turns no key over.
    admission.admit(ask, ask.purpose(), 1);
    DatasetKey key = keys.lease(purpose, counted(purpose, messages));
    release(ask, List.of(key));
    return key;
  }

  /** Keys that only authenticate are not used up, so nobody can have them turned over either. */
  private static long counted(Purpose purpose, long messages) {
    return switch (purpose) {
      case LEDGER, AGGREGATE, AUDIT -> messages;
      case INDEX, MANIFEST, TAG, REVOCATION, IDENTITY, CONTACT, LINK, MASK, REIDENTIFY -> 0;
    };
  }

  List<DatasetKey> unwrap(Caller caller, Purpose purpose, Set<Integer> versions) {
    Ask ask = allowed(Ask.of(caller, "unwrap-dataset", purpose.label(), 1), purpose);
    List<DatasetKey> found = keys.live(purpose, versions);
    try {
      admission.admit(ask, ask.purpose(), found.size());
    } catch (RuntimeException e) {
      found.forEach(DatasetKey::close);
      throw e;
    }
    release(ask, found);
    return found;
  }

  private Ask allowed(Ask ask, Purpose purpose) {
    gate.require(access.allows(ask.caller(), purpose, new Authority.Own()), ask, List.of());
    if (purpose.family() != Family.DATASET) {
      throw new Refusal.Meaningless("That is no purpose of a dataset: use /v1/keys.");
    }
    return ask;
  }

  private void release(Ask ask, List<DatasetKey> released) {
    try {
      AuditEvent written =
          gate.release(ask, released.stream().map(k -> new AuditedKey(k.ref(), true)).toList());
      admission.requireNotFrozenSince(written, ask, ask.purpose());
    } catch (RuntimeException e) {
      released.forEach(DatasetKey::close);
      throw e;
    }
  }
}
