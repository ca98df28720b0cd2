package org.tallykeep.keyvault.delivery;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.MacKey;
import org.tallykeep.keyvault.access.Access;
import org.tallykeep.keyvault.access.Authority;
import org.tallykeep.keyvault.access.Caller;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.audit.AuditEvent;
import org.tallykeep.keyvault.audit.AuditedKey;
import org.tallykeep.keyvault.dataset.DatasetKey;
import org.tallykeep.keyvault.dataset.DatasetKeys;
import org.tallykeep.keyvault.platform.Refusal;

/** Tags made with a key that stays here. */
@Singleton
class TagDelivery {

  private static final int VALUE_LENGTH = 32;

  /** The tag key is never rotated: every stored tag would have to be made anew from its value. */
  private static final Set<Integer> THE_ONLY_VERSION = Set.of(1);

  private final Access access;
  private final DatasetKeys keys;
  private final Admission admission;
  private final Gate gate;

  TagDelivery(Access access, DatasetKeys keys, Admission admission, Gate gate) {
    this.access = access;
    this.keys = keys;
    this.admission = admission;
    this.gate = gate;
  }

  List<byte[]> tag(Caller caller, String field, Optional<String> grant, List<byte[]> values) {
    Ask ask =
        new Ask(
            caller, "tag-" + field, Purpose.TAG.label(), grant, Optional.empty(), values.size());
    gate.require(access.mayTag(caller, Authority.of(grant)), ask, List.of());
    if (values.stream().anyMatch(value -> value.length != VALUE_LENGTH)) {
      throw new Refusal.Meaningless(
          "Send HMAC-SHA256 values, %d bytes each.".formatted(VALUE_LENGTH));
    }
    admission.admit(ask, ask.action(), values.size());
    DatasetKey key = keys.live(Purpose.TAG, THE_ONLY_VERSION).getFirst();
    KeyRef ref = key.ref();
    try (MacKey mac = MacKey.takeOwnershipOf(ref, key.key(), "tag." + field)) {
      List<byte[]> tags = values.stream().map(mac::mac).toList();
      AuditEvent released = gate.release(ask, List.of(new AuditedKey(ref, false)));
      admission.requireNotFrozenSince(released, ask, ask.action());
      return tags;
    }
  }
}
