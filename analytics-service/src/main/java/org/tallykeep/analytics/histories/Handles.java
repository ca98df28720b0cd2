package org.tallykeep.analytics.histories;

import java.util.HashMap;
import java.util.Map;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.MacKey;
import org.tallykeep.envelope.SealingKey;

/** Handles for a batch of rows; then they are asked for again, because they are lent briefly. */
final class Handles {

  private static final int BATCH = 2_000;

  private final HistoryKeys keys;
  private final Map<KeyRef, SealingKey> aggregate = new HashMap<>();
  private final Map<KeyRef, MacKey> manifest = new HashMap<>();
  private int used;

  Handles(HistoryKeys keys) {
    this.keys = keys;
  }

  SealingKey aggregate(KeyRef ref) {
    if (++used % BATCH == 0) {
      aggregate.clear();
      manifest.clear();
    }
    return aggregate.computeIfAbsent(ref, keys::aggregate);
  }

  MacKey manifest(KeyRef ref) {
    return manifest.computeIfAbsent(ref, keys::manifest);
  }
}
