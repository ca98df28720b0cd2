package org.tallykeep.customer.profile;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tallykeep.customer.consent.ConsentResealing;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.LeftRows;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.purchaser.LinkResealing;
import org.tallykeep.customer.rekey.KeysOfPart;
import org.tallykeep.customer.rekey.Rekey;
import org.tallykeep.customer.rekey.Resealed;
import org.tallykeep.customer.restriction.RestrictionResealing;
import org.tallykeep.envelope.KeyRef;

/**
 * What lies under the keys of customers: their values, the history of these, their consents and
 * their link, one customer at a time.
 */
@Singleton
final class CustomerResealing implements Resealed {

  /** So many customers' keys are in memory at once. */
  private static final int PORTION = 100;

  private final Transactions transactions;
  private final Keys keys;

  CustomerResealing(Transactions transactions, Keys keys) {
    this.transactions = transactions;
    this.keys = keys;
  }

  /** The keys of a portion of customers, each in both versions. */
  record Parts(KeysOfPart identity, KeysOfPart contact, KeysOfPart mask, KeysOfPart link) {}

  @Override
  public String kind() {
    return "subject";
  }

  /** A customer, what their values are under and what they are to be under. */
  private record Task(UUID customer, KeyRef older, KeyRef newer) {}

  @Override
  public Result reseal(List<Rekey> rekeys) {
    List<Task> tasks = tasks(rekeys);
    Set<UUID> sealed = tasks.stream().map(task -> task.newer.id()).collect(Collectors.toSet());
    Set<UUID> absent = rekeys.stream().map(Rekey::id).collect(Collectors.toSet());
    absent.removeAll(sealed);
    LeftRows left = new LeftRows("customers");
    for (int from = 0; from < tasks.size(); from += PORTION) {
      List<Task> portion = tasks.subList(from, Math.min(tasks.size(), from + PORTION));
      sealed.removeAll(reseal(portion, left));
    }
    left.say();
    return new Result(sealed, absent);
  }

  private List<Task> tasks(List<Rekey> rekeys) {
    Map<UUID, KeyRef> newer = rekeys.stream().collect(Collectors.toMap(Rekey::id, Rekey::newer));
    Map<UUID, KeyRef> older =
        transactions.call(c -> CustomerRepository.keysOfThoseUnder(c, newer.keySet()));
    List<Task> tasks = new ArrayList<>();
    older.forEach(
        (customer, ref) -> tasks.add(new Task(customer, ref, newer.getOrDefault(ref.id(), ref))));
    return tasks;
  }

  /** Answers the keys of which something is left. */
  private Set<UUID> reseal(List<Task> tasks, LeftRows left) {
    List<KeyRef> refs = tasks.stream().flatMap(task -> Stream.of(task.older, task.newer)).toList();
    Set<UUID> failed = new HashSet<>();
    try (KeysOfPart identity = KeysOfPart.open(keys, Keys.Part.IDENTITY, refs);
        KeysOfPart contact = KeysOfPart.open(keys, Keys.Part.CONTACT, refs);
        KeysOfPart mask = KeysOfPart.open(keys, Keys.Part.MASK, refs);
        KeysOfPart link = KeysOfPart.open(keys, Keys.Part.LINK, refs)) {
      Parts parts = new Parts(identity, contact, mask, link);
      for (Task task : tasks) {
        if (left.open(() -> transactions.call(c -> reseal(c, task, parts))).isEmpty()) {
          failed.add(task.newer.id());
        }
      }
    }
    return failed;
  }

  /** However many there are, a few of them are in memory at once. */
  private static void resealChanges(Connection connection, Task task, Parts parts)
      throws SQLException {
    int before = Integer.MAX_VALUE;
    List<ChangeRow> page;
    do {
      page = ChangeRepository.before(connection, task.customer, before, PORTION);
      for (ChangeRow change : page) {
        if (change.key().version() < task.newer.version()) {
          ChangeRepository.update(connection, change.reseal(task.newer, parts));
        }
        before = change.revision();
      }
    } while (page.size() == PORTION);
  }

  /** All of a customer or nothing; one who was erased meanwhile has nothing left to be sealed. */
  private static boolean reseal(Connection connection, Task task, Parts parts) throws SQLException {
    Optional<CustomerRow> row = CustomerRepository.lock(connection, task.customer);
    if (row.isPresent()) {
      // An update that read the row before finds another version in it and begins anew.
      if (row.get().key().version() < task.newer.version()) {
        CustomerRepository.replaceKey(
            connection, ProfileSealer.reseal(row.get(), task.newer, parts));
      }
      resealChanges(connection, task, parts);
      ConsentResealing.reseal(connection, task.customer, task.newer, parts.mask());
      LinkResealing.reseal(connection, task.customer, task.newer, parts.link());
      RestrictionResealing.reseal(connection, task.customer, task.newer, parts.mask());
    }
    return true;
  }
}
