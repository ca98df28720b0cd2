package org.tallykeep.customer.erasure;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keys that are destroyed for good. */
interface Revocations {

  /** Whose keys. */
  enum Kind {
    SUBJECT,
    PSEUDONYM
  }

  /** The signed receipt of a key's destruction; asked again it gives another. */
  String destroy(Kind kind, UUID key, Mode mode, @Nullable String caseId);

  /** Those of the keys that are destroyed, at most 1,000 of them, and how. */
  Map<UUID, Mode> among(Kind kind, Collection<UUID> keys);
}
