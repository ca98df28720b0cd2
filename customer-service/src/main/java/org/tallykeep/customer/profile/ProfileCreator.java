package org.tallykeep.customer.profile;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.tallykeep.customer.index.IndexKeys;
import org.tallykeep.customer.index.IndexVersions;
import org.tallykeep.customer.purchaser.SignUps;
import org.tallykeep.customer.rekey.RowDeadlines;

/** Makes customers: keys, sealed values, tags and a link, in one transaction a batch. */
@Singleton
final class ProfileCreator {

  private final Newcomers newcomers;
  private final SignUps signUps;
  private final CustomerTags tags;
  private final IndexVersions index;
  private final RowDeadlines deadlines;

  ProfileCreator(
      Newcomers newcomers,
      SignUps signUps,
      CustomerTags tags,
      IndexVersions index,
      RowDeadlines deadlines) {
    this.newcomers = newcomers;
    this.signUps = signUps;
    this.tags = tags;
    this.index = index;
    this.deadlines = deadlines;
  }

  /**
   * Makes a customer of each profile whose external ids are all unknown still.
   *
   * @param profiles by a place that the answer repeats
   * @return the ids of the customers made
   */
  <P> Map<P, UUID> create(Map<P, Profile> profiles) {
    return create(profiles, place -> UUID.randomUUID());
  }

  /** As {@link #create(Map)}, under the ids given. */
  <P> Map<P, UUID> create(Map<P, Profile> profiles, Function<P, UUID> newIds) {
    if (profiles.isEmpty()) {
      return Map.of();
    }
    RowDeadlines.Deadline deadline = deadlines.begin();
    try (Newcomers.Batch<P> batch = newcomers.with(profiles, newIds)) {
      Set<UUID> signedUp = create(batch.all(), deadline);
      batch.sent().values().retainAll(signedUp);
      return batch.sent();
    }
  }

  private Set<UUID> create(List<Newcomers.Newcomer> all, RowDeadlines.Deadline deadline) {
    Map<UUID, Profile> byId = new LinkedHashMap<>();
    List<CustomerRow> rows = new ArrayList<>();
    List<SignUps.NewCustomer> newCustomers = new ArrayList<>();
    for (Newcomers.Newcomer each : all) {
      byId.put(each.id(), each.profile());
      rows.add(ProfileSealer.seal(each.keys(), each.id(), each.profile()));
      newCustomers.add(
          new SignUps.NewCustomer(each.id(), each.keys().link(), each.profile().externalIds()));
    }
    return index.with(keys -> write(keys, byId, rows, newCustomers, deadline));
  }

  private Set<UUID> write(
      IndexKeys index,
      Map<UUID, Profile> profiles,
      List<CustomerRow> rows,
      List<SignUps.NewCustomer> newCustomers,
      RowDeadlines.Deadline deadline) {
    Map<TagField, List<CustomerTags.Owned>> chosen = new LinkedHashMap<>();
    values(profiles).forEach((field, all) -> chosen.put(field, tags.choose(index, field, all)));
    Map<TagField, List<CustomerTags.Value>> lost = new LinkedHashMap<>();
    Set<UUID> signedUp =
        signUps.signUp(
            index,
            newCustomers,
            deadline,
            (connection, customers) -> {
              CustomerRepository.insert(
                  connection, rows.stream().filter(row -> customers.contains(row.id())).toList());
              for (Map.Entry<TagField, List<CustomerTags.Owned>> entry : chosen.entrySet()) {
                List<CustomerTags.Owned> theirs =
                    entry.getValue().stream()
                        .filter(owned -> customers.contains(owned.customer()))
                        .toList();
                lost.put(entry.getKey(), CustomerTags.insert(connection, entry.getKey(), theirs));
              }
            });
    lost.forEach(tags::add);
    return signedUp;
  }

  /** By field, in the order in which every transaction writes them. */
  private Map<TagField, List<CustomerTags.Value>> values(Map<UUID, Profile> profiles) {
    Map<TagField, List<CustomerTags.Value>> values = new TreeMap<>(TagField.ORDER);
    profiles.forEach(
        (id, profile) ->
            tags.fields(profile)
                .forEach(
                    (field, all) -> {
                      List<CustomerTags.Value> theirs =
                          values.computeIfAbsent(field, none -> new ArrayList<>());
                      all.forEach(value -> theirs.add(new CustomerTags.Value(id, value)));
                    }));
    return values;
  }
}
