package org.tallykeep.customer.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.SealingKey;

/** The three keys of a customer that a change opens and seals with. */
record OpenKeys(SealingKey identity, SealingKey contact, SealingKey mask) implements AutoCloseable {

  /** Of one customer under a job's grant; nothing if one of them does not come. */
  static Optional<OpenKeys> underGrant(Keys keys, UUID grant, KeyRef ref) {
    List<KeyRef> one = List.of(ref);
    return gathered(
        () -> keys.personalUnder(grant, Keys.Personal.IDENTITY, one).getFirst(),
        () -> keys.personalUnder(grant, Keys.Personal.CONTACT, one).getFirst(),
        () -> keys.masks(one).getFirst());
  }

  /** Of one customer for a person; nothing if one of them does not come. */
  static Optional<OpenKeys> forPerson(Keys keys, Keys.Asking who, KeyRef ref) {
    List<KeyRef> one = List.of(ref);
    return gathered(
        () -> keys.personalFor(who, Keys.Personal.IDENTITY, one).getFirst(),
        () -> keys.personalFor(who, Keys.Personal.CONTACT, one).getFirst(),
        () -> keys.masks(one).getFirst());
  }

  private static Optional<OpenKeys> gathered(
      Supplier<Optional<SealingKey>> identity,
      Supplier<Optional<SealingKey>> contact,
      Supplier<Optional<SealingKey>> mask) {
    List<Optional<SealingKey>> handles = new ArrayList<>();
    Optional<OpenKeys> open = Optional.empty();
    try {
      handles.add(identity.get());
      handles.add(contact.get());
      handles.add(mask.get());
      open = all(handles.get(0), handles.get(1), handles.get(2));
      return open;
    } finally {
      if (open.isEmpty()) {
        handles.forEach(handle -> handle.ifPresent(SealingKey::close));
      }
    }
  }

  /** Those three, if they are there. */
  static Optional<OpenKeys> all(
      Optional<SealingKey> identity, Optional<SealingKey> contact, Optional<SealingKey> mask) {
    return identity.isPresent() && contact.isPresent() && mask.isPresent()
        ? Optional.of(new OpenKeys(identity.get(), contact.get(), mask.get()))
        : Optional.empty();
  }

  @Override
  public void close() {
    identity.close();
    contact.close();
    mask.close();
  }
}
