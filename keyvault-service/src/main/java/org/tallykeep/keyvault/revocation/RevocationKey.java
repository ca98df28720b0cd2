package org.tallykeep.keyvault.revocation;

import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.envelope.AssociatedData;
import org.tallykeep.envelope.MacKey;
import org.tallykeep.envelope.MessageLease;
import org.tallykeep.envelope.SealingKey;
import org.tallykeep.evidence.LedgerEntry;
import org.tallykeep.evidence.LedgerEntry.Kind;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.dataset.DatasetKey;
import org.tallykeep.keyvault.dataset.DatasetKeys;

/**
 * The key that makes marks, and seals who is frozen. It never changes: the ledger's marks could not
 * be made anew, for the ids of destroyed keys are written nowhere.
 */
@Singleton
class RevocationKey {

  private static final Set<Integer> THE_ONLY_VERSION = Set.of(1);
  private static final byte[] NOTHING = ascii("nothing");
  private static final byte[] OVERRIDDEN = ascii("overridden");
  private static final byte[] LIFTED = ascii("lifted");

  private final DatasetKeys datasets;
  private volatile @Nullable Keys keys;

  RevocationKey(DatasetKeys datasets) {
    this.datasets = datasets;
  }

  /** Derived from the one dataset key with labels of their own. */
  private record Keys(MacKey marks, SealingKey freezes) {}

  /** A key's mark: the first half of HMAC-SHA256(K, kind, id). All versions of a key share it. */
  byte[] mark(Kind kind, UUID id) {
    return half(keys().marks().mac(ascii(kind.label()), bytes(id)));
  }

  /** The mark of nothing: it tells whose ledger it is. */
  byte[] proof() {
    return half(keys().marks().mac(NOTHING));
  }

  /**
   * The mark of an override: whoever writes to the log without this key overrides nothing.
   *
   * @param entry the override's number and what it follows; its body is not looked at
   */
  byte[] overrideMark(LedgerEntry entry, long position, byte[] hash) {
    return half(
        keys()
            .marks()
            .mac(OVERRIDDEN, bytes(entry.number()), entry.previous(), bytes(position), hash));
  }

  /** The mark of a lifting: whoever writes to the log without this key lifts nothing. */
  byte[] liftMark(UUID freeze) {
    return half(keys().marks().mac(LIFTED, bytes(freeze)));
  }

  /** For the freeze of that id alone. */
  byte[] seal(UUID freeze, byte[] plain) {
    return keys().freezes().seal(place(freeze), plain);
  }

  /**
   * What was sealed for the freeze of that id.
   *
   * @throws org.tallykeep.envelope.RecordNotOpenedException when it was not
   */
  byte[] open(UUID freeze, byte[] sealed) {
    return keys().freezes().open(place(freeze), sealed);
  }

  private static AssociatedData place(UUID freeze) {
    return AssociatedData.of("ledger_freeze", freeze, "revocation", 0);
  }

  private static byte[] half(byte[] mac) {
    return Arrays.copyOf(mac, LedgerEntry.MARK_LENGTH);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] bytes(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private Keys keys() {
    Keys known = keys;
    return known == null ? opened() : known;
  }

  private synchronized Keys opened() {
    Keys known = keys;
    if (known == null) {
      DatasetKey first = datasets.live(Purpose.REVOCATION, THE_ONLY_VERSION).getFirst();
      byte[] again = first.key().clone();
      known =
          new Keys(
              MacKey.takeOwnershipOf(first.ref(), first.key(), "revocation"),
              // Freezes are few: what one replica seals until it is restarted is the limit.
              SealingKey.takeOwnershipOf(
                  first.ref(), again, MessageLease.of(MessageLease.MAX_MESSAGES)));
      keys = known;
    }
    return known;
  }
}
