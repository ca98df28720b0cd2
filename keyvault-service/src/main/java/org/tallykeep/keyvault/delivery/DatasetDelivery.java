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
    DatasetKey key = keys.lease(purpose, messages);
    release(ask, List.of(key));
    return key;
  }

  List<DatasetKey> unwrap(Caller caller, Purpose purpose, Set<Integer> versions) {
    Ask ask = allowed(Ask.of(caller, "unwrap-dataset", purpose.label(), 1), purpose);
    List<DatasetKey> found = keys.live(purpose, versions);
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
      admission.admit(ask, ask.purpose(), released.size());
      gate.release(ask, released.stream().map(k -> new AuditedKey(k.ref(), true)).toList());
    } catch (RuntimeException e) {
      released.forEach(DatasetKey::close);
      throw e;
    }
  }
}
