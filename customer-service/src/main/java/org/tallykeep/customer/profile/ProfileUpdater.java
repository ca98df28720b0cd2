package org.tallykeep.customer.profile;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.customer.consent.Consents;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.SealingKey;

/** Brings known customers to the profile that was sent for them. */
@Singleton
final class ProfileUpdater {

  private final Transactions transactions;
  private final Keys keys;
  private final ProfileChanges changes;
  private final Consents consents;

  ProfileUpdater(Transactions transactions, Keys keys, ProfileChanges changes, Consents consents) {
    this.transactions = transactions;
    this.keys = keys;
    this.changes = changes;
    this.consents = consents;
  }

  /** Compares with what is there and writes what differs, one customer a transaction. */
  Map<UUID, Outcome> update(Map<UUID, Profile> profiles, Actor actor) {
    List<CustomerRow> rows = transactions.call(c -> CustomerRepository.find(c, profiles.keySet()));
    Map<UUID, Outcome> outcomes = new LinkedHashMap<>();
    profiles.keySet().forEach(id -> outcomes.put(id, Outcome.NOT_CHANGED));
    outcomes.putAll(update(rows, profiles, actor));
    outcomes.putAll(update(replaced(rows, outcomes), profiles, actor));
    return outcomes;
  }

  /** Those not changed because their key was replaced since they were read, as they stand now. */
  private List<CustomerRow> replaced(List<CustomerRow> before, Map<UUID, Outcome> outcomes) {
    List<CustomerRow> unchanged =
        before.stream().filter(row -> Outcome.NOT_CHANGED.equals(outcomes.get(row.id()))).toList();
    return unchanged.isEmpty()
        ? List.of()
        : transactions.call(c -> CustomerRepository.replacedSince(c, unchanged));
  }

  private Map<UUID, Outcome> update(
      List<CustomerRow> rows, Map<UUID, Profile> profiles, Actor actor) {
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
        if (profile != null) {
          OpenKeys.all(identity.get(i), contact.get(i), mask.get(i))
              .ifPresent(open -> outcomes.put(row.id(), apply(row, open, profile, actor)));
        }
      }
      return outcomes;
    } finally {
      handles.forEach(handle -> handle.ifPresent(SealingKey::close));
    }
  }

  /** Consents first: sent again, those that were written down before change nothing. */
  private Outcome apply(CustomerRow row, OpenKeys open, Profile profile, Actor actor) {
    if (profile.consents().isEmpty()) {
      return changes.apply(row, open, profile, actor);
    }
    Consents.Recorded recorded = consents.record(row.id(), profile.consents(), actor.recorder());
    return switch (recorded) {
      case TOO_MANY -> Outcome.TOO_MANY_CONSENTS;
      case NOBODY, BUSY -> Outcome.NOT_CHANGED;
      case UNCHANGED -> changes.apply(row, open, profile, actor);
      case WRITTEN ->
          changes.apply(row, open, profile, actor) instanceof Outcome.Conflict conflict
              ? conflict
              : new Outcome.Updated(row.id());
    };
  }

  /** For being closed, also when the next are refused. */
  private static List<Optional<SealingKey>> keep(
      List<Optional<SealingKey>> handles, List<Optional<SealingKey>> more) {
    handles.addAll(more);
    return more;
  }
}
