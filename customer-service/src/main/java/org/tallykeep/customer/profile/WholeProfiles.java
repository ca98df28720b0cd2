package org.tallykeep.customer.profile;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.restriction.RestrictionView;
import org.tallykeep.customer.restriction.SealedRestriction;

/** Opens all that is kept of who a customer is, and was, under a grant for that customer. */
@Singleton
public final class WholeProfiles {

  private final Transactions transactions;
  private final Keys keys;
  private final Attributes attributes;
  private final ChangesReader changes;

  WholeProfiles(
      Transactions transactions, Keys keys, Attributes attributes, ChangesReader changes) {
    this.transactions = transactions;
    this.keys = keys;
    this.attributes = attributes;
    this.changes = changes;
  }

  /**
   * A customer in the clear.
   *
   * @param changes the newest first
   * @param restriction if there ever was one
   */
  public record WholeProfile(
      CustomerView profile, List<ChangeView> changes, Optional<RestrictionView> restriction) {
    @Override
    public String toString() {
      return "WholeProfile[…]";
    }
  }

  /** As they were read in one go, so that all are under one version of the key. */
  private record Found(
      CustomerRow row, List<ChangeRow> changes, Optional<SealedRestriction> restriction) {}

  /** Whether there is such a customer. */
  public boolean exists(UUID id) {
    return !transactions.call(c -> CustomerRepository.find(c, List.of(id))).isEmpty();
  }

  /** Nothing if there is no such customer, or no longer. Opens two personal keys, at most twice. */
  public Optional<WholeProfile> open(UUID id, UUID grant) {
    Optional<Found> found = find(id);
    Optional<WholeProfile> whole = found.flatMap(one -> open(one, grant));
    if (found.isEmpty() || whole.isPresent()) {
      return whole;
    }
    // A key that was replaced since opens nothing more; all is under the next one.
    return find(id)
        .filter(now -> !now.row.key().equals(found.get().row.key()))
        .flatMap(now -> open(now, grant));
  }

  private Optional<Found> find(UUID id) {
    return transactions.call(
        c -> {
          // Nobody seals anew between the two.
          Optional<CustomerRow> row = CustomerRepository.share(c, id);
          return row.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new Found(row.get(), ChangeRepository.all(c, id), SealedRestriction.find(c, id)));
        });
  }

  private Optional<WholeProfile> open(Found found, UUID grant) {
    CustomerRow row = found.row;
    try (OpenKeys open = OpenKeys.underGrant(keys, grant, row.key()).orElse(null)) {
      if (open == null) {
        return Optional.empty();
      }
      CustomerView view =
          CustomerView.masked(row.id(), ProfileSealer.mask(row, open.mask()), attributes)
              .with(ProfileSealer.identity(row, open.identity()), attributes)
              .with(ProfileSealer.contact(row, open.contact()), attributes);
      Optional<RestrictionView> restriction = found.restriction.map(one -> one.open(open.mask()));
      return Optional.of(
          new WholeProfile(
              restriction.filter(RestrictionView::restricted).isPresent()
                  ? view.asRestricted()
                  : view,
              found.changes.stream().map(change -> changes.shown(change, open)).toList(),
              restriction));
    }
  }
}
