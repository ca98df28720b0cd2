package org.tallykeep.keyvault.delivery;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.tallykeep.envelope.KeyRef;

/** A key's id and version in a request. */
record KeyName(@NotNull UUID id, @Min(1) int version) {
  KeyRef ref() {
    return new KeyRef(id, version);
  }
}
