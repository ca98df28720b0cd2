package org.tallykeep.customer.profile;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.index.IndexKeys;
import org.tallykeep.customer.index.IndexVersions;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.purchaser.ExternalIdChange;
import org.tallykeep.customer.traits.ToDescribe;
import org.tallykeep.envelope.SealingKey;

/**
 * Brings one customer, whose keys are open, to another profile; the one way in which that is done.
 */
@Singleton
final class ProfileChanges {

  private static final int PAGE = 100;

  /** More changes than a batch has rows. */
  private static final int MOST_LOOKED_AT = 2000;

  private final Transactions transactions;
  private final CustomerTags tags;
  private final IndexVersions index;
  private final InstantSource clock;

  ProfileChanges(
      Transactions transactions, CustomerTags tags, IndexVersions index, InstantSource clock) {
    this.transactions = transactions;
    this.tags = tags;
    this.index = index;
    this.clock = clock;
  }

  /** Everything of one change, but for the tags. */
  private record Written(
      CustomerRow next, ChangeRow change, ExternalIdChange ids, boolean isDescribedOtherwise) {}

  /** Thrown to undo what the transaction has written. */
  private static final class Undone extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Outcome outcome;

    Undone(Outcome outcome) {
      super(null, null, false, false);
      this.outcome = outcome;
    }
  }

  /** As {@link #apply(CustomerRow, OpenKeys, Profile, Actor, UUID)}, of what comes once. */
  Outcome apply(CustomerRow row, OpenKeys open, Profile wanted, Actor actor) {
    return apply(row, open, wanted, actor, null);
  }

  /**
   * Compares with what is there and writes what differs, with a record of what it was before.
   *
   * @param row as it was read; nothing is written if it was changed since
   * @param origin the row of an import that it came of, if that may be sent again
   */
  Outcome apply(
      CustomerRow row, OpenKeys open, Profile wanted, Actor actor, @Nullable UUID origin) {
    Profile before = ProfileSealer.profile(row, open);
    Profile after = wanted.after(before);
    if (after.equals(before)) {
      return new Outcome.Unchanged(row.id());
    }
    if (row.revision() >= SealingKey.LAST_REVISION) {
      return Outcome.TOO_MANY_CHANGES;
    }
    CustomerRow next = ProfileSealer.sealNext(row, open, after);
    Written written =
        new Written(
            next,
            ChangeRow.seal(next, open, Change.of(before, after, actor, clock.instant(), origin)),
            ExternalIdChange.of(row.id(), before.externalIds(), after.externalIds()),
            !before
                .attributes()
                .of(Protection.OPEN)
                .equals(after.attributes().of(Protection.OPEN)));
    boolean sameTags = tags.fields(before).equals(tags.fields(after));
    if (sameTags && written.ids.isNone()) {
      return write(null, written, CustomerTags.Replacement.none());
    }
    return index.with(
        keys ->
            write(
                keys,
                written,
                sameTags
                    ? CustomerTags.Replacement.none()
                    : tags.replacement(keys, row.id(), after)));
  }

  /**
   * Whether the customer was changed by this very row of an import before. Whoever has changed them
   * since is not overwritten when it comes again.
   */
  boolean isMade(CustomerRow row, OpenKeys open, UUID origin) {
    int before = Integer.MAX_VALUE;
    for (int looked = 0; looked < MOST_LOOKED_AT; looked += PAGE) {
      int from = before;
      List<ChangeRow> page =
          transactions.call(c -> ChangeRepository.before(c, row.id(), from, PAGE));
      for (ChangeRow change : page) {
        if (origin.equals(change.open(open.identity(), open.contact()).identity().origin())) {
          return true;
        }
        before = change.revision();
      }
      if (page.size() < PAGE) {
        return false;
      }
    }
    return false;
  }

  private Outcome write(
      @Nullable IndexKeys keys, Written written, CustomerTags.Replacement replacement) {
    Outcome outcome;
    try {
      outcome = transactions.call(c -> write(c, keys, written, replacement));
    } catch (Undone e) {
      return e.outcome;
    }
    replacement.lost().forEach(tags::add);
    return outcome;
  }

  private static Outcome write(
      Connection connection,
      @Nullable IndexKeys keys,
      Written written,
      CustomerTags.Replacement replacement)
      throws SQLException {
    if (keys != null) {
      keys.hold(connection);
    }
    written.ids.lock(connection);
    if (!CustomerRepository.update(connection, written.next)) {
      return Outcome.NOT_CHANGED;
    }
    if (keys != null) {
      switch (written.ids.write(connection, keys)) {
        case TAKEN -> throw new Undone(Outcome.TAKEN);
        case OF_ANONYMOUS_BUYER -> throw new Undone(Outcome.OF_ANONYMOUS_BUYER);
        case WRITTEN -> replacement.write(connection);
      }
    }
    ChangeRepository.insert(connection, written.change);
    if (written.isDescribedOtherwise) {
      ToDescribe.add(connection, List.of(written.next.id()));
    }
    return new Outcome.Updated(written.next.id());
  }
}
