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
import org.tallykeep.customer.purchaser.SignUps;

/** Takes profiles: an external id that is known already updates its customer. */
@Singleton
final class ProfileWriter {

  private final SignUps signUps;
  private final ProfileCreator creator;
  private final ProfileUpdater updater;

  ProfileWriter(SignUps signUps, ProfileCreator creator, ProfileUpdater updater) {
    this.signUps = signUps;
    this.creator = creator;
    this.updater = updater;
  }

  /** Takes them in their order; answers one outcome each. */
  List<Outcome> write(List<Profile> profiles) {
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
      take(round, outcomes);
    }
    List<Outcome> all = new ArrayList<>(outcomes.length);
    for (Outcome outcome : outcomes) {
      all.add(Objects.requireNonNull(outcome));
    }
    return all;
  }

  private void take(Map<Integer, Profile> round, @Nullable Outcome[] outcomes) {
    Map<Integer, Profile> unknown = new LinkedHashMap<>(round);
    update(unknown, outcomes);
    creator.create(unknown).forEach((place, id) -> outcomes[place] = new Outcome.Created(id));
    unknown.keySet().removeIf(place -> outcomes[place] != null);
    // Whom somebody else signed up in the meantime is known now.
    update(unknown, outcomes);
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
