package org.tallykeep.customer.profile;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.consent.Consents;
import org.tallykeep.customer.consent.ReceivedConsents;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.restriction.Restrictions;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.SealingKey;

/** Brings known customers to the profile that was sent for them. */
@Singleton
final class ProfileUpdater {

  private final Transactions transactions;
  private final Keys keys;
  private final ProfileChanges changes;
  private final Consents consents;
  private final Restrictions restrictions;

  ProfileUpdater(
      Transactions transactions,
      Keys keys,
      ProfileChanges changes,
      Consents consents,
      Restrictions restrictions) {
    this.transactions = transactions;
    this.keys = keys;
    this.changes = changes;
    this.consents = consents;
    this.restrictions = restrictions;
  }

  /**
   * A profile as it was sent.
   *
   * @param origin the row that it came in, if that may be sent again
   * @param again whether it may have been
   */
  record Sent(Profile profile, @Nullable UUID origin, boolean again) {
    @Override
    public String toString() {
      return "Sent[…]";
    }
  }

  /** Compares with what is there and writes what differs, one customer a transaction. */
  Map<UUID, Outcome> update(Map<UUID, Sent> profiles, Actor actor) {
    Map<UUID, Outcome> outcomes = new LinkedHashMap<>();
    profiles.keySet().forEach(id -> outcomes.put(id, Outcome.NOT_CHANGED));
    restrictions.among(profiles.keySet()).forEach(id -> outcomes.put(id, Outcome.RESTRICTED));
    List<UUID> open =
        profiles.keySet().stream()
            .filter(id -> Outcome.NOT_CHANGED.equals(outcomes.get(id)))
            .toList();
    List<CustomerRow> rows = transactions.call(c -> CustomerRepository.find(c, open));
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

  private Map<UUID, Outcome> update(List<CustomerRow> rows, Map<UUID, Sent> profiles, Actor actor) {
    List<KeyRef> refs = rows.stream().map(CustomerRow::key).toList();
    List<Optional<SealingKey>> handles = new ArrayList<>();
    try {
      var identity = keep(handles, keys.personalForImport(Keys.Personal.IDENTITY, refs));
      var contact = keep(handles, keys.personalForImport(Keys.Personal.CONTACT, refs));
      var mask = keep(handles, keys.masks(refs));
      Map<UUID, Outcome> outcomes = new HashMap<>();
      for (int i = 0; i < rows.size(); i++) {
        CustomerRow row = rows.get(i);
        Sent sent = profiles.get(row.id());
        if (sent != null) {
          OpenKeys.all(identity.get(i), contact.get(i), mask.get(i))
              .ifPresent(open -> outcomes.put(row.id(), apply(row, open, sent, actor)));
        }
      }
      return outcomes;
    } finally {
      handles.forEach(handle -> handle.ifPresent(SealingKey::close));
    }
  }

  /** Consents first: sent again, those that were written down before change nothing. */
  private Outcome apply(CustomerRow row, OpenKeys open, Sent sent, Actor actor) {
    ReceivedConsents consented = sent.profile.consents();
    if (consented.isEmpty()) {
      return applyProfile(row, open, sent, actor);
    }
    Consents.Recorded recorded = consents.record(row.id(), consented, actor.recorder());
    return switch (recorded) {
      case TOO_MANY -> Outcome.TOO_MANY_CONSENTS;
      case NOBODY, BUSY -> Outcome.NOT_CHANGED;
      case UNCHANGED -> applyProfile(row, open, sent, actor);
      case WRITTEN ->
          applyProfile(row, open, sent, actor) instanceof Outcome.Conflict conflict
              ? conflict
              : new Outcome.Updated(row.id());
    };
  }

  private Outcome applyProfile(CustomerRow row, OpenKeys open, Sent sent, Actor actor) {
    UUID origin = sent.origin;
    return origin != null && sent.again && changes.isMade(row, open, origin)
        ? new Outcome.Updated(row.id())
        : changes.apply(row, open, sent.profile, actor, origin);
  }

  /** For being closed, also when the next are refused. */
  private static List<Optional<SealingKey>> keep(
      List<Optional<SealingKey>> handles, List<Optional<SealingKey>> more) {
    handles.addAll(more);
    return more;
  }
}
