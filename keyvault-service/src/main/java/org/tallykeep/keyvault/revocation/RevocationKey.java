package org.tallykeep.keyvault.revocation;

import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.envelope.MacKey;
import org.tallykeep.evidence.LedgerEntry;
import org.tallykeep.evidence.LedgerEntry.Kind;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.dataset.DatasetKey;
import org.tallykeep.keyvault.dataset.DatasetKeys;

/**
 * The key that makes marks. It never changes: the ledger's marks could not be made anew, for the
 * ids of destroyed keys are written nowhere.
 */
@Singleton
class RevocationKey {

  private static final Set<Integer> THE_ONLY_VERSION = Set.of(1);
  private static final byte[] NOTHING = "nothing".getBytes(StandardCharsets.US_ASCII);

  private final DatasetKeys datasets;
  private volatile @Nullable MacKey key;

  RevocationKey(DatasetKeys datasets) {
    this.datasets = datasets;
  }

  /** A key's mark: the first half of HMAC-SHA256(K, kind, id). All versions of a key share it. */
  byte[] mark(Kind kind, UUID id) {
    byte[] bytes =
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array();
    return half(key().mac(kind.label().getBytes(StandardCharsets.US_ASCII), bytes));
  }

  /** The mark of nothing: it tells whose ledger it is. */
  byte[] proof() {
    return half(key().mac(NOTHING));
  }

  private static byte[] half(byte[] mac) {
    return Arrays.copyOf(mac, LedgerEntry.MARK_LENGTH);
  }

  private MacKey key() {
    MacKey known = key;
    return known == null ? opened() : known;
  }

  private synchronized MacKey opened() {
    MacKey known = key;
    if (known == null) {
      DatasetKey first = datasets.live(Purpose.REVOCATION, THE_ONLY_VERSION).getFirst();
      known = MacKey.takeOwnershipOf(first.ref(), first.key(), "revocation");
      key = known;
    }
    return known;
  }
}
