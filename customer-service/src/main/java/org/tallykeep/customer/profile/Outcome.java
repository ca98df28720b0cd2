package org.tallykeep.customer.profile;

import java.util.UUID;
import org.tallykeep.customer.imports.RowAnswer;
import org.tallykeep.customer.restriction.Restrictions;

/** What became of a profile that was sent. */
sealed interface Outcome {

  /** A new customer. */
  record Created(UUID id) implements Outcome {}

  /** A customer known by this external id has another profile now. */
  record Updated(UUID id) implements Outcome {}

  /** The customer has this very profile already. */
  record Unchanged(UUID id) implements Outcome {}

  /** It contradicts what is there, or what happened at the same time; nothing was written. */
  record Conflict(String code, String detail) implements Outcome {}

  /** The customer's profile changed at the same time, or can no longer be opened. */
  Conflict NOT_CHANGED =
      new Conflict(
          "changed-meanwhile",
          "this customer was changed at the same time or erased; send it again");

  /** Nobody of these ids can be told to be the one. */
  Conflict OF_SEVERAL =
      new Conflict(
          "external-ids-of-several",
          "these external ids are of several customers or buyers; send those of one");

  /** Somebody who was erased does not come back with an import. */
  Conflict ERASED =
      new Conflict(
          "erased",
          "a customer with this external id, e-mail address or phone number was erased; send"
              + " reinstate with it if the person wants to come back");

  /** Another customer has one of the ids. */
  Conflict TAKEN =
      new Conflict(
          "external-id-taken",
          "another customer has one of these external ids; remove it from them first");

  /** One of the ids has purchases of its own, which cannot be joined with the customer's. */
  Conflict OF_ANONYMOUS_BUYER =
      new Conflict(
          "external-id-of-anonymous-buyer",
          "purchases came in under one of these external ids without a profile; a customer who is"
              + " there already cannot take them over yet, only a new one with this id");

  /** A revision more cannot be sealed. */
  Conflict TOO_MANY_CHANGES =
      new Conflict(
          "too-many-changes",
          "this customer was changed a million times; erase them and create them anew");

  /** More would be kept of them than is. */
  Conflict TOO_MANY_CONSENTS =
      new Conflict("too-many-consents", "no more consents of this customer are kept");

  /** The customer's data may be stored and nothing else. */
  Conflict RESTRICTED =
      new Conflict(
          Restrictions.REASON,
          "processing of this customer's data is restricted; a privacy officer can lift that");

  /** As an import answers it. */
  default RowAnswer answer() {
    return switch (this) {
      case Created created -> new RowAnswer.Created(created.id);
      case Updated _ -> new RowAnswer.Accepted();
      case Unchanged unchanged -> new RowAnswer.Duplicate(unchanged.id);
      case Conflict conflict when conflict.equals(ERASED) ->
          new RowAnswer.Refused(conflict.code, null, conflict.detail);
      case Conflict conflict ->
          new RowAnswer.Conflict(
              conflict.code,
              conflict.equals(TOO_MANY_CONSENTS) ? "consents" : "externalIds",
              conflict.detail);
    };
  }
}
