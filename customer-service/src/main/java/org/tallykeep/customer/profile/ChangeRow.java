package org.tallykeep.customer.profile;

import java.util.UUID;
import org.tallykeep.envelope.AssociatedData;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.SealedRecord;
import org.tallykeep.envelope.SealingKey;

/**
 * A change as it stands in its row.
 *
 * @param revision the one that it made
 */
record ChangeRow(UUID customer, int revision, byte[] identity, byte[] contact) {

  static ChangeRow seal(CustomerRow made, OpenKeys keys, Change change) {
    AssociatedData place = place(made.id(), made.revision());
    return new ChangeRow(
        made.id(),
        made.revision(),
        keys.identity().seal(place, ProfileCodec.write(change.identity())),
        keys.contact().seal(place, ProfileCodec.write(change.contact())));
  }

  Change open(SealingKey identity, SealingKey contact) {
    AssociatedData place = place(customer, revision);
    return new Change(
        ProfileCodec.read(identity.open(place, this.identity), Change.Identity.class),
        ProfileCodec.read(contact.open(place, this.contact), Change.Contact.class));
  }

  /** The version of the customer's key that it is under. */
  KeyRef key() {
    return SealedRecord.keyOf(identity);
  }

  /** The same under another version. */
  ChangeRow reseal(KeyRef newer, CustomerResealing.Parts keys) {
    AssociatedData place = place(customer, revision);
    return new ChangeRow(
        customer,
        revision,
        keys.identity().reseal(place, identity, key(), newer),
        keys.contact().reseal(place, contact, key(), newer));
  }

  private static AssociatedData place(UUID customer, int revision) {
    return CustomerRow.place(customer, "change", revision);
  }

  @Override
  public String toString() {
    return "ChangeRow";
  }
}
