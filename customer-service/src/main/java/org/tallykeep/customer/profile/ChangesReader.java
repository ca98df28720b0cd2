package org.tallykeep.customer.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Transactions;

/** Shows what was changed of a customer to a person, whose own token opens it. */
@Singleton
final class ChangesReader {

  private final Transactions transactions;
  private final Keys keys;
  private final Attributes attributes;

  ChangesReader(Transactions transactions, Keys keys, Attributes attributes) {
    this.transactions = transactions;
    this.keys = keys;
    this.attributes = attributes;
  }

  /** Some changes, the newest first. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "CustomerChanges")
  record Page(List<ChangeView> changes, @Nullable String nextCursor) {
    @Override
    public String toString() {
      return "Page[…]";
    }
  }

  /** As they were read in one go, so that all are under one version of the key. */
  private record Found(CustomerRow row, List<ChangeRow> changes) {}

  /**
   * @param before only changes that made revisions before that one
   * @return nothing if there is no such customer, or no longer
   */
  Optional<Page> page(UUID id, int before, int limit, Keys.Asking who) {
    Optional<Found> found = find(id, before, limit);
    Optional<Page> page = found.flatMap(some -> page(some, limit, who));
    if (found.isEmpty() || page.isPresent()) {
      return page;
    }
    // A key that was replaced since opens nothing more; all is under the next one.
    return find(id, before, limit)
        .filter(now -> !now.row.key().equals(found.get().row.key()))
        .flatMap(now -> page(now, limit, who));
  }

  private Optional<Found> find(UUID id, int before, int limit) {
    return transactions.call(
        c -> {
          // Nobody seals anew between the two.
          Optional<CustomerRow> row = CustomerRepository.share(c, id);
          return row.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new Found(row.get(), ChangeRepository.before(c, id, before, limit + 1)));
        });
  }

  private Optional<Page> page(Found found, int limit, Keys.Asking who) {
    if (found.changes.isEmpty()) {
      return Optional.of(new Page(List.of(), null));
    }
    try (OpenKeys open = OpenKeys.forPerson(keys, who, found.row.key()).orElse(null)) {
      if (open == null) {
        return Optional.empty();
      }
      List<ChangeView> shown = new ArrayList<>();
      for (ChangeRow row : found.changes.subList(0, Math.min(limit, found.changes.size()))) {
        shown.add(shown(row, open));
      }
      boolean more = found.changes.size() > limit;
      return Optional.of(
          new Page(shown, more ? Integer.toString(shown.getLast().revision()) : null));
    }
  }

  /** A change in the clear. */
  ChangeView shown(ChangeRow row, OpenKeys open) {
    Change change = row.open(open.identity(), open.contact());
    Change.Identity identity = change.identity();
    Map<String, @Nullable Object> before = new LinkedHashMap<>();
    put(before, identity.fields(), identity.before());
    put(before, change.contact().fields(), change.contact().before());
    return new ChangeView(
        row.revision(),
        Instant.ofEpochSecond(identity.time()),
        new ChangeView.Who(identity.kind(), identity.actor()),
        identity.reason(),
        List.copyOf(before.keySet()),
        before);
  }

  private void put(
      Map<String, @Nullable Object> before, List<String> fields, List<@Nullable Object> values) {
    String prefix = ProfileDocument.ATTRIBUTES + ".";
    for (int i = 0; i < fields.size(); i++) {
      String field = fields.get(i);
      Object value = values.get(i);
      before.put(
          field,
          field.startsWith(prefix) && value instanceof String text
              ? attributes.shown(field.substring(prefix.length()), text)
              : value);
    }
  }
}
