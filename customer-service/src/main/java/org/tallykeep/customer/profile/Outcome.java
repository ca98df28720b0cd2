package org.tallykeep.customer.profile;

import java.util.UUID;
import org.tallykeep.customer.imports.RowAnswer;

/** What became of a profile that was sent. */
sealed interface Outcome {

  UUID id();

  /** A new customer. */
  record Created(UUID id) implements Outcome {}

  /** A customer known by this external id has another profile now. */
  record Updated(UUID id) implements Outcome {}

  /** The customer has this very profile already. */
  record Unchanged(UUID id) implements Outcome {}

  /** The customer's profile changed at the same time, or can no longer be opened. */
  record NotChanged(UUID id) implements Outcome {}

  /** As an import answers it. */
  default RowAnswer answer() {
    return switch (this) {
      case Created created -> new RowAnswer.Created(created.id);
      case Updated _ -> new RowAnswer.Accepted();
      case Unchanged unchanged -> new RowAnswer.Duplicate(unchanged.id);
      case NotChanged _ ->
          new RowAnswer.Conflict(
              "changed-meanwhile",
              "externalId",
              "this customer was changed at the same time or erased; send the row again");
    };
  }
}
