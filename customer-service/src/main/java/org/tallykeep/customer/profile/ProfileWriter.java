package org.tallykeep.customer.profile;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.imports.NewIds;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.purchaser.SignUps;

/** Takes profiles: an external id that is known already updates its customer. */
@Singleton
final class ProfileWriter {

  private final SignUps signUps;
  private final ProfileCreator creator;
  private final ProfileUpdater updater;
  private final Transactions transactions;

  ProfileWriter(
      SignUps signUps, ProfileCreator creator, ProfileUpdater updater, Transactions transactions) {
    this.signUps = signUps;
    this.creator = creator;
    this.updater = updater;
    this.transactions = transactions;
  }

  /** Takes them in their order; answers one outcome each. */
  List<Outcome> write(List<Profile> profiles) {
    return write(profiles, NewIds.RANDOM);
  }

  /** As {@link #write(List)}; who is new gets the id of their place. */
  List<Outcome> write(List<Profile> profiles, NewIds ids) {
    @Nullable Outcome[] outcomes = new Outcome[profiles.size()];
    int next = 0;
    while (next < profiles.size()) {
      // The same number twice: the second is a change of the first, so of another round.
      Set<String> seen = new HashSet<>();
      Map<Integer, Profile> round = new LinkedHashMap<>();
      while (next < profiles.size()) {
        String externalId = profiles.get(next).externalId();
        if (externalId != null && !seen.add(externalId)) {
          break;
        }
        round.put(next, profiles.get(next));
        next++;
      }
      take(round, ids, outcomes);
    }
    List<Outcome> all = new ArrayList<>(outcomes.length);
    for (Outcome outcome : outcomes) {
      all.add(Objects.requireNonNull(outcome));
    }
    return all;
  }

  private void take(Map<Integer, Profile> round, NewIds ids, @Nullable Outcome[] outcomes) {
    Map<Integer, Profile> unknown = new LinkedHashMap<>(round);
    if (ids.again()) {
      createdBefore(unknown, ids, outcomes);
    }
    update(unknown, outcomes);
    creator
        .create(unknown, ids::of)
        .forEach((place, id) -> outcomes[place] = new Outcome.Created(id));
    unknown.keySet().removeIf(place -> outcomes[place] != null);
    // Whom somebody else signed up in the meantime is known now.
    update(unknown, outcomes);
  }

  /** Who has the id of a place came to be when the same was taken before; they are taken out. */
  private void createdBefore(
      Map<Integer, Profile> profiles, NewIds ids, @Nullable Outcome[] outcomes) {
    Map<UUID, Integer> places = new LinkedHashMap<>();
    profiles.keySet().forEach(place -> places.put(ids.of(place), place));
    for (UUID id : transactions.call(c -> CustomerRepository.present(c, places.keySet()))) {
      int place = Objects.requireNonNull(places.get(id));
      outcomes[place] = new Outcome.Created(id);
      profiles.remove(place);
    }
  }

  /** Updates those who are known and takes them out. */
  private void update(Map<Integer, Profile> profiles, @Nullable Outcome[] outcomes) {
    List<String> externalIds =
        profiles.values().stream()
            .map(Profile::externalId)
            .filter(Objects::nonNull)
            .map(Objects::requireNonNull)
            .toList();
    if (externalIds.isEmpty()) {
      return;
    }
    Map<String, UUID> known = signUps.known(externalIds);
    Map<UUID, Profile> changes = new LinkedHashMap<>();
    Map<UUID, Integer> places = new LinkedHashMap<>();
    profiles.forEach(
        (place, profile) -> {
          UUID id = profile.externalId() == null ? null : known.get(profile.externalId());
          if (id != null) {
            changes.put(id, profile);
            places.put(id, place);
          }
        });
    if (!changes.isEmpty()) {
      updater
          .update(changes)
          .forEach(o -> outcomes[Objects.requireNonNull(places.get(o.id()))] = o);
      profiles.keySet().removeAll(places.values());
    }
  }
}
