package org.tallykeep.customer.profile;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.tallykeep.customer.consent.NewConsents;
import org.tallykeep.customer.index.IndexKeys;
import org.tallykeep.customer.index.IndexVersions;
import org.tallykeep.customer.platform.Tag;
import org.tallykeep.customer.purchaser.SignUps;
import org.tallykeep.customer.rekey.RowDeadlines;
import org.tallykeep.customer.suppression.Suppression;
import org.tallykeep.customer.traits.ToDescribe;

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
    return create(profiles, place -> UUID.randomUUID(), Actor.importing("import-job"), Map.of());
  }

  /**
   * As {@link #create(Map)}, under the ids given.
   *
   * @param marks what kept some of them away, which goes when they are there
   */
  <P> Map<P, UUID> create(
      Map<P, Profile> profiles, Function<P, UUID> newIds, Actor actor, Map<P, Set<Tag>> marks) {
    if (profiles.isEmpty()) {
      return Map.of();
    }
    RowDeadlines.Deadline deadline = deadlines.begin();
    try (Newcomers.Batch<P> batch = newcomers.with(profiles, newIds)) {
      Map<UUID, Set<Tag>> lifted = new HashMap<>();
      batch.sent().forEach((place, id) -> lifted.put(id, marks.getOrDefault(place, Set.of())));
      Set<UUID> signedUp = create(batch.all(), lifted, actor, deadline);
      batch.sent().values().retainAll(signedUp);
      return batch.sent();
    }
  }

  private Set<UUID> create(
      List<Newcomers.Newcomer> all,
      Map<UUID, Set<Tag>> lifted,
      Actor actor,
      RowDeadlines.Deadline deadline) {
    Map<UUID, Profile> byId = new LinkedHashMap<>();
    List<CustomerRow> rows = new ArrayList<>();
    List<SignUps.NewCustomer> newCustomers = new ArrayList<>();
    NewConsents consents = new NewConsents();
    for (Newcomers.Newcomer each : all) {
      Profile profile = each.profile();
      byId.put(each.id(), profile);
      rows.add(ProfileSealer.seal(each.keys(), each.id(), profile));
      consents.seal(each.keys().mask(), each.id(), profile.consents(), actor.recorder());
      newCustomers.add(
          new SignUps.NewCustomer(each.id(), each.keys().link(), profile.externalIds()));
    }
    New made = new New(byId, rows, consents, newCustomers, lifted);
    return index.with(keys -> write(keys, made, deadline));
  }

  /** Customers who are being made, in whatever form they are needed. */
  private record New(
      Map<UUID, Profile> profiles,
      List<CustomerRow> rows,
      NewConsents consents,
      List<SignUps.NewCustomer> customers,
      Map<UUID, Set<Tag>> lifted) {

    void write(Connection connection, Set<UUID> chosen) throws SQLException {
      CustomerRepository.insert(
          connection, rows.stream().filter(row -> chosen.contains(row.id())).toList());
      consents.write(connection, chosen);
      Suppression.lift(
          connection,
          chosen.stream().flatMap(id -> lifted.getOrDefault(id, Set.of()).stream()).toList());
    }
  }

  private Set<UUID> write(IndexKeys index, New made, RowDeadlines.Deadline deadline) {
    Map<TagField, List<CustomerTags.Owned>> chosen = new LinkedHashMap<>();
    values(made.profiles)
        .forEach((field, all) -> chosen.put(field, tags.choose(index, field, all)));
    Map<TagField, List<CustomerTags.Value>> lost = new LinkedHashMap<>();
    Set<UUID> signedUp =
        signUps.signUp(
            index,
            made.customers,
            deadline,
            (connection, customers) -> {
              made.write(connection, customers);
              ToDescribe.add(connection, describable(made.profiles, customers));
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

  /** Of whom anything may be known besides their purchases. */
  private static Set<UUID> describable(Map<UUID, Profile> profiles, Set<UUID> customers) {
    Set<UUID> describable = new HashSet<>();
    profiles.forEach(
        (id, profile) -> {
          if (customers.contains(id)
              && !(profile.consents().isEmpty()
                  && profile.attributes().of(Protection.OPEN).isEmpty())) {
            describable.add(id);
          }
        });
    return describable;
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
