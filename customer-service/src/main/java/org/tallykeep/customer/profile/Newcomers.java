package org.tallykeep.customer.profile;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.tallykeep.customer.decoy.DecoyDebt;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.SubjectKeys;

/**
 * Customers who are to be made, with their keys: those who were sent and, anywhere among them, some
 * who do not exist. From here on nothing tells which.
 */
@Singleton
final class Newcomers {

  private final Keys keys;
  private final DecoyDebt debt;
  private final DecoyProfiles decoys;
  private final SecureRandom random;

  Newcomers(Keys keys, DecoyDebt debt, DecoyProfiles decoys, SecureRandom random) {
    this.keys = keys;
    this.debt = debt;
    this.decoys = decoys;
    this.random = random;
  }

  /** One of them. */
  record Newcomer(UUID id, Profile profile, SubjectKeys keys) {
    @Override
    public String toString() {
      return "Newcomer[…]";
    }
  }

  /**
   * A batch, whose keys are closed with it.
   *
   * @param sent the ids of those who were sent, by their place
   */
  record Batch<P>(Map<P, UUID> sent, List<Newcomer> all) implements AutoCloseable {
    @Override
    public void close() {
      all.forEach(each -> each.keys.close());
    }

    @Override
    public String toString() {
      return "Batch[…]";
    }
  }

  <P> Batch<P> with(Map<P, Profile> profiles, Function<P, UUID> newIds) {
    Batch<P> batch = new Batch<>(new LinkedHashMap<>(), new ArrayList<>());
    try {
      add(profiles, newIds, batch);
      addDecoys(debt.payWith(profiles.size()), profiles, batch);
      return batch;
    } catch (RuntimeException e) {
      batch.close();
      throw e;
    }
  }

  private <P> void add(Map<P, Profile> profiles, Function<P, UUID> newIds, Batch<P> batch) {
    List<SubjectKeys> created = keys.createSubjects(profiles.size());
    profiles.forEach(
        (place, profile) -> {
          UUID id = newIds.apply(place);
          batch.all.add(new Newcomer(id, profile, created.get(batch.sent.size())));
          batch.sent.put(place, id);
        });
  }

  private <P> void addDecoys(int count, Map<P, Profile> profiles, Batch<P> batch) {
    if (count == 0) {
      return;
    }
    List<Profile> made = decoys.of(profiles.values(), count);
    List<SubjectKeys> created = keys.createDecoys(count);
    for (int i = 0; i < count; i++) {
      batch.all.add(
          random.nextInt(batch.all.size() + 1),
          new Newcomer(UUID.randomUUID(), made.get(i), created.get(i)));
    }
  }
}
