package org.tallykeep.customer.profile;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.index.IndexVersions;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.SealingKey;

/** Brings known customers to the profile that was sent for them. */
@Singleton
final class ProfileUpdater {

  /** The three keys of a customer that an update opens and seals with. */
  private record OpenKeys(SealingKey identity, SealingKey contact, SealingKey mask) {}

  private final Transactions transactions;
  private final Keys keys;
  private final ContactTags tags;
  private final IndexVersions index;

  ProfileUpdater(Transactions transactions, Keys keys, ContactTags tags, IndexVersions index) {
    this.transactions = transactions;
    this.keys = keys;
    this.tags = tags;
    this.index = index;
  }

  /** Compares with what is there and writes what differs, one customer a transaction. */
  List<Outcome> update(Map<UUID, Profile> profiles) {
    List<CustomerRow> rows = transactions.call(c -> CustomerRepository.find(c, profiles.keySet()));
    Map<UUID, Outcome> outcomes = new LinkedHashMap<>();
    profiles.keySet().forEach(id -> outcomes.put(id, new Outcome.NotChanged(id)));
    outcomes.putAll(update(rows, profiles));
    outcomes.putAll(update(replaced(rows, outcomes), profiles));
    return List.copyOf(outcomes.values());
  }

  /** Those not changed because their key was replaced since they were read, as they stand now. */
  private List<CustomerRow> replaced(List<CustomerRow> before, Map<UUID, Outcome> outcomes) {
    List<CustomerRow> unchanged =
        before.stream()
            .filter(row -> outcomes.get(row.id()) instanceof Outcome.NotChanged)
            .toList();
    return unchanged.isEmpty()
        ? List.of()
        : transactions.call(c -> CustomerRepository.replacedSince(c, unchanged));
  }

  private Map<UUID, Outcome> update(List<CustomerRow> rows, Map<UUID, Profile> profiles) {
    List<KeyRef> refs = rows.stream().map(CustomerRow::key).toList();
    List<Optional<SealingKey>> handles = new ArrayList<>();
    try {
      var identity = keep(handles, keys.personalForImport(Keys.Personal.IDENTITY, refs));
      var contact = keep(handles, keys.personalForImport(Keys.Personal.CONTACT, refs));
      var mask = keep(handles, keys.masks(refs));
      Map<UUID, Outcome> outcomes = new HashMap<>();
      for (int i = 0; i < rows.size(); i++) {
        CustomerRow row = rows.get(i);
        Profile profile = profiles.get(row.id());
        OpenKeys open = all(identity.get(i), contact.get(i), mask.get(i));
        if (profile != null && open != null) {
          outcomes.put(row.id(), update(row, open, profile));
        }
      }
      return outcomes;
    } finally {
      handles.forEach(handle -> handle.ifPresent(SealingKey::close));
    }
  }

  /** For being closed, also when the next are refused. */
  private static List<Optional<SealingKey>> keep(
      List<Optional<SealingKey>> handles, List<Optional<SealingKey>> more) {
    handles.addAll(more);
    return more;
  }

  private Outcome update(CustomerRow row, OpenKeys open, Profile profile) {
    byte[] contactBefore = open.contact.open(row.place("contact"), row.contact());
    boolean sameContact = Arrays.equals(contactBefore, ProfileCodec.contact(profile));
    byte[] identityBefore = open.identity.open(row.place("identity"), row.identity());
    if (sameContact && Arrays.equals(identityBefore, ProfileCodec.identity(profile))) {
      return new Outcome.Unchanged(row.id());
    }
    CustomerRow next = ProfileSealer.sealNext(row, open.identity, open.contact, open.mask, profile);
    return sameContact
        ? write(next, ContactTags.Replacement.none())
        : index.with(keys -> write(next, tags.replacement(keys, row.id(), profile)));
  }

  private Outcome write(CustomerRow next, ContactTags.Replacement contacts) {
    boolean written =
        transactions.call(
            c -> {
              contacts.hold(c);
              boolean updated = CustomerRepository.update(c, next);
              if (updated) {
                contacts.write(c);
              }
              return updated;
            });
    if (!written) {
      return new Outcome.NotChanged(next.id());
    }
    contacts.lost().forEach(tags::add);
    return new Outcome.Updated(next.id());
  }

  private static @Nullable OpenKeys all(
      Optional<SealingKey> identity, Optional<SealingKey> contact, Optional<SealingKey> mask) {
    return identity.isPresent() && contact.isPresent() && mask.isPresent()
        ? new OpenKeys(identity.get(), contact.get(), mask.get())
        : null;
  }
}
