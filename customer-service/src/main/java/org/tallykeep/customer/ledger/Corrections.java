package org.tallykeep.customer.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tallykeep.customer.index.IndexKeys;
import org.tallykeep.customer.index.Tags;
import org.tallykeep.customer.ledger.CorrectionRepository.Place;
import org.tallykeep.customer.ledger.LedgerRepository.NewRow;
import org.tallykeep.customer.ledger.LedgerRepository.Tagged;

/**
 * Settles which events count, whichever of a wrong one and its correction comes first: one that was
 * corrected never does.
 *
 * <p>Who corrects has the ledger alone for the transaction, so that a wrong event and its
 * correction, taken at the same time, do not miss each other.
 */
final class Corrections {

  private Corrections() {}

  static boolean anyIn(Collection<NewRow> rows) {
    return rows.stream().anyMatch(row -> row.purchase().corrects() != null);
  }

  /**
   * What becomes of new events.
   *
   * @param taken those that the ledger takes
   * @param corrected those of them that do not count
   * @param refused those that would correct what was corrected before; their events are gone again
   */
  record Settled(List<NewRow> taken, Set<UUID> corrected, Set<Tags> refused) {}

  /**
   * Within the transaction that has just written the events.
   *
   * @param fresh in the order in which they were sent
   */
  static Settled settle(Connection connection, IndexKeys keys, int partition, List<NewRow> fresh)
      throws SQLException {
    List<Tagged> corrections = new ArrayList<>();
    for (NewRow row : fresh) {
      String corrected = row.purchase().corrects();
      if (corrected != null) {
        corrections.add(new Tagged(row.id(), LedgerEvents.tags(keys, corrected)));
      }
    }
    Set<UUID> refused = refused(connection, partition, corrections);
    List<NewRow> taken = fresh.stream().filter(row -> !refused.contains(row.id())).toList();
    List<Tags> gone =
        fresh.stream().filter(row -> refused.contains(row.id())).map(NewRow::event).toList();
    if (!gone.isEmpty()) {
      CorrectionRepository.deleteEvents(connection, gone);
    }
    List<Tags> affected =
        Stream.concat(
                taken.stream().map(NewRow::event),
                corrections.stream()
                    .filter(correction -> !refused.contains(correction.purchase()))
                    .map(Tagged::tags))
            .toList();
    return new Settled(taken, makeVoid(connection, taken, affected), new HashSet<>(gone));
  }

  private static Set<UUID> refused(Connection connection, int partition, List<Tagged> corrections)
      throws SQLException {
    Set<UUID> refused = corrections.stream().map(Tagged::purchase).collect(Collectors.toSet());
    if (!refused.isEmpty()) {
      refused.removeAll(
          LedgerRepository.insertTags(
              connection, LedgerEvents.CORRECTIONS, partition, corrections));
    }
    return refused;
  }

  /** Who is new does not wait to be counted; who was there before may have been counted. */
  private static Set<UUID> makeVoid(Connection connection, List<NewRow> taken, List<Tags> affected)
      throws SQLException {
    List<Place> corrected =
        affected.isEmpty() ? List.of() : CorrectionRepository.corrected(connection, affected);
    if (corrected.isEmpty()) {
      return Set.of();
    }
    CorrectionRepository.makeVoid(connection, corrected);
    Set<UUID> fresh = taken.stream().map(NewRow::id).collect(Collectors.toSet());
    CorrectionRepository.rebuildBuyersOf(
        connection, corrected.stream().filter(place -> !fresh.contains(place.purchase())).toList());
    return corrected.stream().map(Place::purchase).collect(Collectors.toSet());
  }
}
