package org.tallykeep.customer.profile;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.purchaser.SignUps;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.SealingKey;

/** Shows customers: masked to everyone, in the clear to those whose own token opens it. */
@Singleton
public final class ProfileReader {

  private final Transactions transactions;
  private final Keys keys;
  private final CustomerTags tags;
  private final SignUps signUps;
  private final Attributes attributes;

  ProfileReader(
      Transactions transactions,
      Keys keys,
      CustomerTags tags,
      SignUps signUps,
      Attributes attributes) {
    this.transactions = transactions;
    this.keys = keys;
    this.tags = tags;
    this.signUps = signUps;
    this.attributes = attributes;
  }

  /** The masks of those customers who exist and can be opened. */
  public Map<UUID, CustomerView> masked(Collection<UUID> ids) {
    List<CustomerRow> rows = transactions.read(c -> CustomerRepository.find(c, new HashSet<>(ids)));
    Map<UUID, CustomerView> views = masked(rows);
    List<CustomerRow> unseen = rows.stream().filter(row -> !views.containsKey(row.id())).toList();
    views.putAll(masked(replaced(unseen)));
    return views;
  }

  private Map<UUID, CustomerView> masked(List<CustomerRow> rows) {
    List<Optional<SealingKey>> masks = keys.masks(rows.stream().map(CustomerRow::key).toList());
    try {
      Map<UUID, CustomerView> views = new HashMap<>();
      for (int i = 0; i < rows.size(); i++) {
        CustomerRow row = rows.get(i);
        masks.get(i).ifPresent(key -> views.put(row.id(), masked(row, key)));
      }
      return views;
    } finally {
      masks.forEach(mask -> mask.ifPresent(SealingKey::close));
    }
  }

  private List<CustomerRow> replaced(List<CustomerRow> before) {
    return before.isEmpty()
        ? List.of()
        : transactions.call(c -> CustomerRepository.replacedSince(c, before));
  }

  /** A customer's row, still sealed. */
  Optional<CustomerRow> find(UUID id) {
    return transactions.read(c -> CustomerRepository.find(c, List.of(id))).stream().findFirst();
  }

  /** The customer as shown; nothing if their keys are gone. */
  Optional<CustomerView> view(CustomerRow row, Set<Keys.Personal> reveal, Keys.Asking who) {
    return viewAsRead(row, reveal, who)
        .or(
            () ->
                replaced(List.of(row)).stream()
                    .findFirst()
                    .flatMap(now -> viewAsRead(now, reveal, who)));
  }

  /** All keys are asked for at the same time. */
  private Optional<CustomerView> viewAsRead(
      CustomerRow row, Set<Keys.Personal> reveal, Keys.Asking who) {
    List<KeyRef> ref = List.of(row.key());
    try (SingleKeys opening = new SingleKeys()) {
      for (Keys.Personal purpose : reveal) {
        opening.ask(purpose, () -> keys.personalFor(who, purpose, ref));
      }
      Optional<CustomerView> view = keys.masks(ref).getFirst().map(key -> masked(row, key));
      for (Keys.Personal purpose : reveal) {
        Optional<SealingKey> key = opening.key(purpose);
        view = view.flatMap(masked -> key.map(k -> with(masked, row, purpose, k)));
      }
      return view;
    }
  }

  /** The customers who have this e-mail address, phone number, external id or attribute. */
  Set<UUID> find(CustomerSearch search) {
    return switch (search) {
      case CustomerSearch.ByExternalId(String id) ->
          new HashSet<>(signUps.known(List.of(id)).values());
      case CustomerSearch.ByTag(TagField field, String normalised) -> tags.find(field, normalised);
      case CustomerSearch.ByAttribute(Attribute attribute, String normalised) ->
          tags.find(new AttributeField(attribute.name()), normalised);
    };
  }

  private CustomerView masked(CustomerRow row, SealingKey key) {
    try (key) {
      return CustomerView.masked(row.id(), ProfileSealer.mask(row, key), attributes);
    }
  }

  private CustomerView with(
      CustomerView masked, CustomerRow row, Keys.Personal purpose, SealingKey key) {
    return switch (purpose) {
      case IDENTITY -> masked.with(ProfileSealer.identity(row, key), attributes);
      case CONTACT -> masked.with(ProfileSealer.contact(row, key), attributes);
    };
  }
}
