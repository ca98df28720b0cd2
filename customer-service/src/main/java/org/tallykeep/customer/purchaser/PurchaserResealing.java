package org.tallykeep.customer.purchaser;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.LeftRows;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.rekey.KeysOfPart;
import org.tallykeep.customer.rekey.Rekey;
import org.tallykeep.customer.rekey.Resealed;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.SealedRecord;

/**
 * The ways from purchasers back to customers, dummies alike: those of purchasers that nobody has
 * been given yet, too, which will be used under the newer version alone. All in one transaction, in
 * random order, and never while a round of mixing has read rows that it still writes.
 */
@Singleton
final class PurchaserResealing implements Resealed {

  private final Transactions transactions;
  private final Keys keys;
  private final SecureRandom random;

  PurchaserResealing(Transactions transactions, Keys keys, SecureRandom random) {
    this.transactions = transactions;
    this.keys = keys;
    this.random = random;
  }

  @Override
  public String kind() {
    return "pseudonym";
  }

  /** A purchaser, what the record is under and what it is to be under. */
  private record Task(PurchaserRepository.Row row, KeyRef older, KeyRef newer) {}

  @Override
  public Result reseal(List<Rekey> rekeys) {
    Map<UUID, KeyRef> newer = rekeys.stream().collect(Collectors.toMap(Rekey::id, Rekey::newer));
    return transactions.call(c -> reseal(c, newer));
  }

  private Result reseal(Connection connection, Map<UUID, KeyRef> newer) throws SQLException {
    // The mixer must not put a record back that it sealed before this one was written.
    PurchaserRepository.lockForMixing(connection);
    List<PurchaserRepository.Keyed> found = PurchaserRepository.byKeys(connection, newer.keySet());
    Set<UUID> sealed =
        found.stream().map(PurchaserRepository.Keyed::key).collect(Collectors.toSet());
    Set<UUID> absent = new HashSet<>(newer.keySet());
    absent.removeAll(sealed);
    LeftRows left = new LeftRows("purchasers");
    List<Task> tasks = new ArrayList<>();
    for (PurchaserRepository.Keyed each : found) {
      left.open(() -> SealedRecord.keyOf(each.row().reidentify()))
          .ifPresentOrElse(
              older ->
                  tasks.add(new Task(each.row(), older, newer.getOrDefault(older.id(), older))),
              () -> sealed.remove(each.key()));
    }
    Collections.shuffle(tasks, random);
    PurchaserRepository.update(connection, seal(tasks, sealed, left));
    left.say();
    return new Result(sealed, absent);
  }

  private List<PurchaserRepository.Row> seal(List<Task> tasks, Set<UUID> sealed, LeftRows left) {
    List<KeyRef> refs = tasks.stream().flatMap(task -> Stream.of(task.older, task.newer)).toList();
    List<PurchaserRepository.Row> rows = new ArrayList<>();
    try (KeysOfPart reidentify = KeysOfPart.open(keys, Keys.Part.REIDENTIFY, refs)) {
      for (Task task : tasks) {
        if (task.older.version() < task.newer.version()) {
          left.open(() -> seal(task, reidentify))
              .ifPresentOrElse(rows::add, () -> sealed.remove(task.newer.id()));
        }
      }
    }
    return rows;
  }

  private static PurchaserRepository.Row seal(Task task, KeysOfPart reidentify) {
    UUID id = task.row.id();
    return new PurchaserRepository.Row(
        id,
        reidentify.reseal(
            Reidentification.place(id), task.row.reidentify(), task.older, task.newer));
  }
}
