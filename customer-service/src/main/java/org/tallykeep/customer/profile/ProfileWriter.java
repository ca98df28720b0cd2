package org.tallykeep.customer.profile;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.imports.NewIds;
import org.tallykeep.customer.platform.Tag;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.purchaser.SignUps;

/** Takes profiles: an external id that is known already updates its customer. */
@Singleton
final class ProfileWriter {

  private final SignUps signUps;
  private final ProfileCreator creator;
  private final ProfileUpdater updater;
  private final Transactions transactions;
  private final KeptAway keptAway;

  ProfileWriter(
      SignUps signUps,
      ProfileCreator creator,
      ProfileUpdater updater,
      Transactions transactions,
      KeptAway keptAway) {
    this.signUps = signUps;
    this.creator = creator;
    this.updater = updater;
    this.transactions = transactions;
    this.keptAway = keptAway;
  }

  /** Takes them in their order; answers one outcome each. */
  List<Outcome> write(List<Profile> profiles, Actor actor) {
    return write(profiles, NewIds.RANDOM, actor);
  }

  /** As {@link #write(List, Actor)}; who is new gets the id of their place. */
  List<Outcome> write(List<Profile> profiles, NewIds ids, Actor actor) {
    @Nullable Outcome[] outcomes = new Outcome[profiles.size()];
    int next = 0;
    while (next < profiles.size()) {
      // The same number twice: the second is a change of the first, so of another round.
      Set<String> seen = new HashSet<>();
      Map<Integer, Profile> round = new LinkedHashMap<>();
      while (next < profiles.size()) {
        List<String> external = profiles.get(next).externalIds();
        if (external.stream().anyMatch(seen::contains)) {
          break;
        }
        seen.addAll(external);
        round.put(next, profiles.get(next));
        next++;
      }
      while (!round.isEmpty()) {
        round = take(round, ids, outcomes, actor);
      }
    }
    List<Outcome> all = new ArrayList<>(outcomes.length);
    for (Outcome outcome : outcomes) {
      all.add(Objects.requireNonNull(outcome));
    }
    return all;
  }

  /** Answers those that have to wait, because one before them is about the same customer. */
  private Map<Integer, Profile> take(
      Map<Integer, Profile> round, NewIds ids, @Nullable Outcome[] outcomes, Actor actor) {
    Map<Integer, Profile> unknown = new LinkedHashMap<>(round);
    Map<Integer, Profile> waiting = new LinkedHashMap<>();
    if (ids.again()) {
      createdBefore(unknown, ids, outcomes);
    }
    update(unknown, waiting, ids, outcomes, actor);
    Map<Integer, Set<Tag>> marks = keptAway.among(unknown);
    refuseErased(unknown, marks, outcomes);
    creator
        .create(unknown, ids::of, actor, marks)
        .forEach((place, id) -> outcomes[place] = new Outcome.Created(id));
    unknown.keySet().removeIf(place -> outcomes[place] != null);
    // Whom somebody else signed up in the meantime is known now.
    update(unknown, waiting, ids, outcomes, actor);
    unknown.forEach(
        (place, profile) ->
            outcomes[place] =
                profile.externalIds().size() > 1 ? Outcome.OF_SEVERAL : Outcome.NOT_CHANGED);
    return waiting;
  }

  /** Answers those who do not say that they come back of their own will, and takes them out. */
  private static void refuseErased(
      Map<Integer, Profile> profiles, Map<Integer, Set<Tag>> marks, @Nullable Outcome[] outcomes) {
    for (int place : marks.keySet()) {
      Profile profile = profiles.get(place);
      if (profile != null && !profile.reinstate()) {
        outcomes[place] = Outcome.ERASED;
        profiles.remove(place);
      }
    }
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

  /** Updates those who are known and takes them out, and those who have to wait for them. */
  private void update(
      Map<Integer, Profile> profiles,
      Map<Integer, Profile> waiting,
      NewIds ids,
      @Nullable Outcome[] outcomes,
      Actor actor) {
    List<String> externalIds =
        profiles.values().stream().flatMap(profile -> profile.externalIds().stream()).toList();
    if (externalIds.isEmpty()) {
      return;
    }
    Map<String, UUID> known = signUps.known(externalIds);
    Map<UUID, ProfileUpdater.Sent> changes = new LinkedHashMap<>();
    Map<UUID, Integer> places = new LinkedHashMap<>();
    profiles.forEach(
        (place, profile) -> {
          Set<UUID> customers = of(profile.externalIds(), known);
          if (customers.stream().anyMatch(changes::containsKey)) {
            waiting.put(place, profile);
          } else if (customers.size() > 1) {
            outcomes[place] = Outcome.OF_SEVERAL;
          } else {
            UUID origin = ids.lasting() ? ids.of(place) : null;
            var sent = new ProfileUpdater.Sent(profile, origin, ids.again());
            customers.forEach(id -> changes.put(id, sent));
            customers.forEach(id -> places.put(id, place));
          }
        });
    if (!changes.isEmpty()) {
      updater
          .update(changes, actor)
          .forEach((id, o) -> outcomes[Objects.requireNonNull(places.get(id))] = o);
    }
    profiles.keySet().removeIf(place -> outcomes[place] != null || waiting.containsKey(place));
  }

  private static Set<UUID> of(Collection<String> externalIds, Map<String, UUID> known) {
    return externalIds.stream()
        .filter(known::containsKey)
        .map(known::get)
        .collect(Collectors.toSet());
  }
}
