package org.tallykeep.customer.profile;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.tallykeep.customer.imports.Bodies;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.customer.restriction.Restrictions;

/** Changes one customer for a person, whose own token opens what is changed. */
@Singleton
final class ProfileEditor {

  /** Once more, if the key was replaced in the meantime or no revision was named. */
  private static final int TRIES = 2;

  private final ProfileReader reader;
  private final Keys keys;
  private final ProfileChanges changes;
  private final Attributes attributes;

  ProfileEditor(ProfileReader reader, Keys keys, ProfileChanges changes, Attributes attributes) {
    this.reader = reader;
    this.keys = keys;
    this.changes = changes;
    this.attributes = attributes;
  }

  /** A customer after a change, as everyone sees them. */
  record Edited(int revision, CustomerView view) {}

  /**
   * @param edit makes the profile that is wanted of the one that is there
   */
  Edited edit(
      UUID id, IfMatch revision, Keys.Asking who, Actor actor, UnaryOperator<Profile> edit) {
    for (int tried = 1; tried <= TRIES; tried++) {
      CustomerRow row = reader.find(id).orElseThrow(CustomerResource::notFound);
      revision.require(row);
      Optional<Edited> edited = edit(row, who, actor, edit);
      if (edited.isPresent()) {
        return edited.get();
      }
    }
    CustomerRow row = reader.find(id).orElseThrow(CustomerResource::notFound);
    revision.require(row);
    if (reader.masked(List.of(id)).isEmpty()) {
      throw CustomerResource.notFound();
    }
    throw conflict(Outcome.NOT_CHANGED);
  }

  /** Nothing if somebody else was at it, or the keys do not come. */
  private Optional<Edited> edit(
      CustomerRow row, Keys.Asking who, Actor actor, UnaryOperator<Profile> edit) {
    try (OpenKeys open = OpenKeys.forPerson(keys, who, row.key()).orElse(null)) {
      if (open == null) {
        return Optional.empty();
      }
      Profile wanted = edit.apply(ProfileSealer.profile(row, open));
      return switch (changes.apply(row, open, wanted, actor)) {
        case Outcome.Updated _ -> Optional.of(edited(row.id(), row.revision() + 1, wanted));
        case Outcome.Unchanged _ -> Optional.of(edited(row.id(), row.revision(), wanted));
        case Outcome.Conflict conflict when conflict.equals(Outcome.NOT_CHANGED) ->
            Optional.empty();
        case Outcome.Conflict conflict -> throw conflict(conflict);
        case Outcome.Created _ -> throw new IllegalStateException("a change made a customer");
      };
    }
  }

  private Edited edited(UUID id, int revision, Profile profile) {
    return new Edited(revision, CustomerView.masked(id, Mask.of(profile), attributes));
  }

  static Refusal conflict(Outcome.Conflict conflict) {
    return conflict.equals(Outcome.RESTRICTED)
        ? Restrictions.refused()
        : new Refusal.Conflict(conflict.code(), Bodies.sentence(conflict.detail()));
  }
}
