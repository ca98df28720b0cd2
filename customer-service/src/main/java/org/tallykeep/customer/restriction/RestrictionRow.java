package org.tallykeep.customer.restriction;

import java.util.UUID;
import org.tallykeep.customer.rekey.KeysOfPart;
import org.tallykeep.envelope.AssociatedData;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.SealedRecord;
import org.tallykeep.envelope.SealingKey;

/** A restriction as it stands in its row. */
record RestrictionRow(UUID customer, int revision, byte[] sealed) {

  /** The next after this many. */
  static RestrictionRow seal(SealingKey mask, UUID customer, int before, Restriction restriction) {
    int revision = before + 1;
    return new RestrictionRow(
        customer, revision, mask.seal(place(customer, revision), restriction.write()));
  }

  Restriction open(SealingKey mask) {
    return Restriction.read(mask.open(place(customer, revision), sealed));
  }

  /** The key that opens it. */
  KeyRef key() {
    return SealedRecord.keyOf(sealed);
  }

  /** The same under the newer key. */
  RestrictionRow reseal(KeyRef newer, KeysOfPart masks) {
    return new RestrictionRow(
        customer, revision, masks.reseal(place(customer, revision), sealed, key(), newer));
  }

  private static AssociatedData place(UUID customer, int revision) {
    return AssociatedData.of("customer", customer, "restriction", revision);
  }

  @Override
  public String toString() {
    return "RestrictionRow";
  }
}
