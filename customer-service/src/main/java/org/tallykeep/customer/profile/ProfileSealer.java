package org.tallykeep.customer.profile;

import java.util.UUID;
import org.tallykeep.customer.platform.SubjectKeys;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.SealingKey;

/** Between profiles and the sealed values of their rows. */
final class ProfileSealer {

  private ProfileSealer() {}

  /** The row of a new customer. */
  static CustomerRow seal(SubjectKeys keys, UUID id, Profile profile) {
    return seal(
        keys.ref(),
        keys.identity(),
        keys.contact(),
        keys.mask(),
        id,
        CustomerRow.FIRST_REVISION,
        profile);
  }

  /** The row after a change. */
  static CustomerRow sealNext(CustomerRow before, OpenKeys keys, Profile profile) {
    return seal(
        before.key(),
        keys.identity(),
        keys.contact(),
        keys.mask(),
        before.id(),
        before.revision() + 1,
        profile);
  }

  /** All that a customer's row holds. */
  static Profile profile(CustomerRow row, OpenKeys keys) {
    return ProfileCodec.profile(
        identity(row, keys.identity()),
        contact(row, keys.contact()),
        mask(row, keys.mask()).attributes());
  }

  /** The same row under another version of its key. */
  static CustomerRow reseal(CustomerRow row, KeyRef newer, CustomerResealing.Parts keys) {
    return new CustomerRow(
        row.id(),
        newer,
        row.revision(),
        keys.identity().reseal(row.place("identity"), row.identity(), row.key(), newer),
        keys.contact().reseal(row.place("contact"), row.contact(), row.key(), newer),
        keys.mask().reseal(row.place("mask"), row.mask(), row.key(), newer));
  }

  static ProfileCodec.Identity identity(CustomerRow row, SealingKey key) {
    return ProfileCodec.identity(key.open(row.place("identity"), row.identity()));
  }

  static ProfileCodec.Contact contact(CustomerRow row, SealingKey key) {
    return ProfileCodec.contact(key.open(row.place("contact"), row.contact()));
  }

  static Mask mask(CustomerRow row, SealingKey key) {
    return MaskCodec.read(key.open(row.place("mask"), row.mask()));
  }

  private static CustomerRow seal(
      KeyRef ref,
      SealingKey identity,
      SealingKey contact,
      SealingKey mask,
      UUID id,
      int revision,
      Profile profile) {
    return new CustomerRow(
        id,
        ref,
        revision,
        identity.seal(CustomerRow.place(id, "identity", revision), ProfileCodec.identity(profile)),
        contact.seal(CustomerRow.place(id, "contact", revision), ProfileCodec.contact(profile)),
        mask.seal(CustomerRow.place(id, "mask", revision), MaskCodec.write(Mask.of(profile))));
  }
}
