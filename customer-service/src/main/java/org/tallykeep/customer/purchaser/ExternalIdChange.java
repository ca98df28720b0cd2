package org.tallykeep.customer.purchaser;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.customer.index.IndexKeys;
import org.tallykeep.customer.index.Tags;
import org.tallykeep.customer.platform.Tag;

/**
 * A customer gets other external ids than they had. Writes to the customer side alone: the
 * purchaser stays who it is.
 */
public final class ExternalIdChange {

  /** What becomes of it. */
  public enum Result {
    WRITTEN,
    /** Another customer has one of the new ids. */
    TAKEN,
    /** Somebody has bought under one of them without a profile, as a purchaser of their own. */
    OF_ANONYMOUS_BUYER
  }

  private final UUID customer;
  private final Set<ExternalId> removed;
  private final Set<ExternalId> added;

  private ExternalIdChange(UUID customer, Set<ExternalId> removed, Set<ExternalId> added) {
    this.customer = customer;
    this.removed = removed;
    this.added = added;
  }

  /** From those ids to these. */
  public static ExternalIdChange of(
      UUID customer, Collection<String> before, Collection<String> after) {
    return new ExternalIdChange(customer, without(before, after), without(after, before));
  }

  private static Set<ExternalId> without(Collection<String> ids, Collection<String> others) {
    Set<ExternalId> left = new LinkedHashSet<>();
    ids.forEach(id -> left.add(ExternalId.of(id)));
    others.forEach(id -> left.remove(ExternalId.of(id)));
    return left;
  }

  /** Whether there is nothing to do. */
  public boolean isNone() {
    return removed.isEmpty() && added.isEmpty();
  }

  /**
   * After the keys are held and before the customer's row is locked: who signs up takes their locks
   * in this order, too.
   */
  public void lock(Connection connection) throws SQLException {
    if (!added.isEmpty()) {
      LinkRepository.lockNew(connection, added);
    }
  }

  /** Within the transaction that has the customer's row, which is rolled back if refused. */
  public Result write(Connection connection, IndexKeys keys) throws SQLException {
    List<Tags> theirs = added.stream().map(id -> id.customerTags(keys)).toList();
    Map<Tag, UUID> owners = LinkRepository.customersByTag(connection, theirs);
    if (owners.values().stream().anyMatch(owner -> !owner.equals(customer))) {
      return Result.TAKEN;
    }
    if (!PurchaserRepository.anonymousByTag(
            connection, added.stream().map(id -> id.anonymousTags(keys)).toList())
        .isEmpty()) {
      return Result.OF_ANONYMOUS_BUYER;
    }
    LinkRepository.deleteExternalIds(
        connection, customer, removed.stream().map(id -> id.customerTags(keys)).toList());
    LinkRepository.insertExternalIds(
        connection,
        theirs.stream()
            .filter(tags -> tags.in(owners) == null)
            .map(tags -> new LinkRepository.OwnedTags(customer, tags))
            .toList());
    return Result.WRITTEN;
  }
}
