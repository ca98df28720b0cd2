package org.tallykeep.customer.profile;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.tallykeep.customer.imports.NewIds;
import org.tallykeep.platform.problem.Problem;
import org.tallykeep.platform.work.Together;

/**
 * Profiles that are sent one by one. Those that come at the same time are written as a batch: keys,
 * tags and commits cost a batch little more than they cost one.
 */
@Singleton
final class SingleProfiles {

  private static final int MOST = 128;

  /** While one batch waits for keys or the disk, the next is sealed. */
  private static final int LANES = 2;

  private final ProfileWriter writer;
  private final Together<Sent, Supplier<Outcome>> together =
      new Together<>(this::write, MOST, LANES);

  SingleProfiles(ProfileWriter writer) {
    this.writer = writer;
  }

  private record Sent(Profile profile, Actor actor, UUID newId) {
    @Override
    public String toString() {
      return "Sent[…]";
    }
  }

  /** As {@link ProfileWriter#write}; another's failure is not one's own. */
  Outcome write(Profile profile, Actor actor) {
    return together.ask(new Sent(profile, actor, UUID.randomUUID())).get();
  }

  private List<Supplier<Outcome>> write(List<Sent> all) {
    Map<Actor, List<Sent>> senders = new LinkedHashMap<>();
    all.forEach(sent -> senders.computeIfAbsent(sent.actor, none -> new ArrayList<>()).add(sent));
    Map<UUID, Supplier<Outcome>> written = new HashMap<>();
    senders.values().forEach(theirs -> written.putAll(ofOneSender(theirs)));
    return all.stream().map(sent -> Objects.requireNonNull(written.get(sent.newId))).toList();
  }

  private Map<UUID, Supplier<Outcome>> ofOneSender(List<Sent> all) {
    try {
      return write(all, false);
    } catch (Problem away) {
      return failed(all, away);
    } catch (RuntimeException e) {
      return all.size() == 1 ? failed(all, e) : oneByOne(all);
    }
  }

  /** One of them fails. Some may be written, and keep the ids that they have. */
  private Map<UUID, Supplier<Outcome>> oneByOne(List<Sent> all) {
    Map<UUID, Supplier<Outcome>> written = new HashMap<>();
    for (Sent sent : all) {
      List<Sent> alone = List.of(sent);
      try {
        written.putAll(write(alone, true));
      } catch (RuntimeException e) {
        written.putAll(failed(alone, e));
      }
    }
    return written;
  }

  private Map<UUID, Supplier<Outcome>> write(List<Sent> all, boolean again) {
    List<Outcome> outcomes =
        writer.write(
            all.stream().map(Sent::profile).toList(),
            new Ids(all.stream().map(Sent::newId).toList(), again),
            all.getFirst().actor);
    Map<UUID, Supplier<Outcome>> written = new HashMap<>();
    for (int i = 0; i < outcomes.size(); i++) {
      Outcome outcome = outcomes.get(i);
      written.put(all.get(i).newId, () -> outcome);
    }
    return written;
  }

  private static Map<UUID, Supplier<Outcome>> failed(List<Sent> all, RuntimeException failure) {
    Map<UUID, Supplier<Outcome>> failed = new HashMap<>();
    Supplier<Outcome> thrown =
        () -> {
          throw failure;
        };
    all.forEach(sent -> failed.put(sent.newId, thrown));
    return failed;
  }

  private record Ids(List<UUID> all, boolean again) implements NewIds {
    @Override
    public UUID of(int row) {
      return all.get(row);
    }
  }
}
