package org.tallykeep.customer.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.ledger.LedgerEvents.OfPseudonym;
import org.tallykeep.customer.platform.LeftRows;

/** Gathers events pseudonym by pseudonym, those of one in memory at a time. */
final class CountedEvents {

  private final Set<UUID> left;
  private final Function<LedgerRepository.StoredRow, LedgerPurchase> opening;
  private final Consumer<OfPseudonym> visitor;
  private final LeftRows rows = new LeftRows("purchases");
  private @Nullable UUID current;
  private List<LedgerPurchase> purchases = new ArrayList<>();
  private int unreadable;

  CountedEvents(
      Collection<UUID> pseudonyms,
      Function<LedgerRepository.StoredRow, LedgerPurchase> opening,
      Consumer<OfPseudonym> visitor) {
    this.left = new LinkedHashSet<>(pseudonyms);
    this.opening = opening;
    this.visitor = visitor;
  }

  void read(Connection connection, int shard) throws SQLException {
    LedgerRepository.eachCounted(
        connection, shard, List.copyOf(left), row -> add(LedgerRepository.StoredRow.of(row)));
    endCurrent();
    rows.say();
    left.forEach(nothing -> visitor.accept(new OfPseudonym(nothing, List.of(), 0)));
  }

  private void add(LedgerRepository.StoredRow row) {
    if (!row.purchaserId().equals(current)) {
      endCurrent();
      current = row.purchaserId();
    }
    rows.open(() -> opening.apply(row)).ifPresentOrElse(purchases::add, () -> unreadable++);
  }

  private void endCurrent() {
    UUID ended = current;
    if (ended != null) {
      left.remove(ended);
      visitor.accept(new OfPseudonym(ended, purchases, unreadable));
      current = null;
      purchases = new ArrayList<>();
      unreadable = 0;
    }
  }
}
