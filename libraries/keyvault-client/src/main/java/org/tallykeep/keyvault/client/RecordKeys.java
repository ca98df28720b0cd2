package org.tallykeep.keyvault.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.SealingKey;
import org.tallykeep.keyvault.client.transport.KeyService;
import org.tallykeep.keyvault.client.transport.Wire.MaybeKey;
import org.tallykeep.keyvault.client.transport.Wire.Named;
import org.tallykeep.keyvault.client.transport.Wire.ToUnwrap;

/** Keys of subjects and pseudonyms, fresh from the key service; the handles are the caller's. */
final class RecordKeys {

  private final KeyService service;

  RecordKeys(KeyService service) {
    this.service = service;
  }

  List<Optional<SealingKey>> unwrap(Purpose purpose, List<KeyRef> refs, Caller caller) {
    List<Optional<SealingKey>> opened = new ArrayList<>(refs.size());
    try {
      Batches.of(
          refs,
          batch -> {
            List<Optional<SealingKey>> answer = unwrapBatch(purpose, batch, caller);
            opened.addAll(answer);
            return answer;
          });
      return opened;
    } catch (RuntimeException failure) {
      // Nobody will get these, so nobody else could close them.
      opened.forEach(key -> key.ifPresent(SealingKey::close));
      throw failure;
    }
  }

  private List<Optional<SealingKey>> unwrapBatch(
      Purpose purpose, List<KeyRef> refs, Caller caller) {
    List<Named> named = refs.stream().map(ref -> new Named(ref.id(), ref.version())).toList();
    List<MaybeKey> answer =
        service
            .unwrap(
                new ToUnwrap(purpose.wireName(), named, grantOf(caller), reasonOf(caller)), caller)
            .keys();
    if (answer.size() != refs.size()) {
      throw new IllegalStateException("The key service answered another number of keys");
    }
    List<Optional<SealingKey>> handles = new ArrayList<>(refs.size());
    for (int i = 0; i < refs.size(); i++) {
      handles.add(handle(refs.get(i), answer.get(i)));
    }
    return handles;
  }

  private static Optional<SealingKey> handle(KeyRef asked, MaybeKey answered) {
    if (!answered.id().equals(asked.id()) || answered.version() != asked.version()) {
      throw new IllegalStateException("The key service answered in another order");
    }
    byte[] key = answered.key();
    return key == null ? Optional.empty() : Optional.of(SealingKey.takeOwnershipOf(asked, key));
  }

  private static @Nullable String reasonOf(Caller caller) {
    return switch (caller) {
      case Caller.Itself _, Caller.StandingGrant _, Caller.JobGrant _ -> null;
      case Caller.Person person -> person.reason();
    };
  }

  private static @Nullable String grantOf(Caller caller) {
    return switch (caller) {
      case Caller.Itself _, Caller.Person _ -> null;
      case Caller.StandingGrant grant -> grant.name();
      case Caller.JobGrant grant -> grant.id().toString();
    };
  }
}
