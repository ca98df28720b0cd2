package org.tallykeep.customer.profile;

import jakarta.inject.Singleton;
import java.util.List;
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
      new Together<>(Sent::actor, this::write, MOST, LANES);

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
    try {
      return write(all, false);
    } catch (Problem away) {
      throw away;
    } catch (RuntimeException e) {
      if (all.size() == 1) {
        throw e;
      }
      // One of them fails. Some may be written, and keep the ids that they have.
      return all.stream().map(this::alone).toList();
    }
  }

  private Supplier<Outcome> alone(Sent sent) {
    try {
      return write(List.of(sent), true).getFirst();
    } catch (RuntimeException e) {
      return () -> {
        throw e;
      };
    }
  }

  private List<Supplier<Outcome>> write(List<Sent> all, boolean again) {
    return writer
        .write(
            all.stream().map(Sent::profile).toList(),
            new Ids(all.stream().map(Sent::newId).toList(), again),
            all.getFirst().actor)
        .stream()
        .<Supplier<Outcome>>map(outcome -> () -> outcome)
        .toList();
  }

  private record Ids(List<UUID> all, boolean again) implements NewIds {
    @Override
    public UUID of(int row) {
      return all.get(row);
    }
  }
}
