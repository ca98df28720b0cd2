package org.tallykeep.customer.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.imports.Batch;
import org.tallykeep.customer.imports.RowAnswer;
import org.tallykeep.customer.jobs.ErrorRepository.RowError;

/** What is kept of refusals, and how they are told later. */
final class ErrorDetails {

  private static final Set<String> CONFLICTS =
      Set.of(
          "event-content-differs",
          "corrected-before",
          "changed-meanwhile",
          "external-ids-of-several",
          "external-id-taken",
          "external-id-of-anonymous-buyer");

  private static final Map<String, String> DETAILS =
      Map.ofEntries(
          Map.entry("malformed-json", "the line must be one JSON object"),
          Map.entry("invalid-utf8", "the row is not valid UTF-8"),
          Map.entry("unknown-field", "no such field here: remove it or correct its name"),
          Map.entry("duplicate-field", "a field is given more than once in the same object"),
          Map.entry("wrong-type", "not of the type that this field has"),
          Map.entry("malformed-csv", "quotes do not fit, or too many or too few fields"),
          Map.entry(
              "beside-unreadable", "a neighbouring record cannot be read: mend it, send both"),
          Map.entry("contradiction", "records of one purchase say different things"),
          Map.entry("missing", "must be given"),
          Map.entry("too-long", "longer than is taken"),
          Map.entry("too-many", "more values than are taken"),
          Map.entry("too-many-lines", "a purchase has at most 1,000 lines"),
          Map.entry("too-many-decimals", "more decimal digits than the currency has"),
          Map.entry("absurd-amount", "too much for one line: check the unit"),
          Map.entry("units-out-of-range", "units are a whole number, 0 to 1,000,000"),
          Map.entry("other-currency", "another currency than this deployment takes"),
          Map.entry("date-out-of-range", "lies too far back, or in the future"),
          Map.entry("day-out-of-range", "a purchase lies between 1970-01-01 and tomorrow"),
          Map.entry("malformed-id", "a customer id is a UUID"),
          Map.entry("malformed-text", "holds half a character or a zero"),
          Map.entry("invalid-country", "two letters of ISO 3166, as US"),
          Map.entry("invalid-locale", "a BCP 47 tag, as en-US"),
          Map.entry("card-number", "reads as a payment card number, which must not be stored"),
          Map.entry("control-character", "control characters are refused"),
          Map.entry("invalid-email", "not an e-mail address"),
          Map.entry("invalid-phone", "not a phone number"),
          Map.entry("invalid-date", "a date as 1980-02-03"),
          Map.entry("malformed-day", "a day is written as 2017-01-01"),
          Map.entry("malformed-time", "an instant is written as 2017-01-01T11:53:26Z"),
          Map.entry("malformed-amount", "an amount is a decimal string such as 1.99"),
          Map.entry("negative-amount", "a purchase has no negative amounts; 0 is allowed"),
          Map.entry("unknown-type", "purchase or return"),
          Map.entry("corrects-itself", "a correction is an event with an id of its own"),
          Map.entry("corrected-before", "that event has a correction: correct the correction"),
          Map.entry("one-of-both", "externalId or externalIds, not both"),
          Map.entry("unknown-attribute", "declare it first: PUT /v1/attributes"),
          Map.entry("wrong-attribute-type", "declared as another type"),
          Map.entry("not-a-choice", "none of the declared choices"),
          Map.entry("external-ids-of-several", "the ids are of several customers or buyers"),
          Map.entry("external-id-taken", "another customer has one of the ids"),
          Map.entry(
              "external-id-of-anonymous-buyer",
              "purchases came in under one of the ids; only a new customer can take them over"),
          Map.entry("unknown-customer", "no customer has this id"),
          Map.entry("erased", "the person was erased: reinstate a profile if they want to be back"),
          Map.entry("event-content-differs", "this event was taken before with another content"),
          Map.entry("changed-meanwhile", "the customer was changed at the same time or erased"));

  private ErrorDetails() {}

  /**
   * What to keep of those that were not taken.
   *
   * @param fieldNames looked up only if there are any
   */
  static List<RowError> kept(List<Batch.Answered> answers, Supplier<Set<String>> fieldNames) {
    List<RowError> errors = new ArrayList<>();
    for (Batch.Answered answered : answers) {
      switch (answered.answer()) {
        case RowAnswer.Created _, RowAnswer.Accepted _, RowAnswer.Duplicate _ -> {}
        case RowAnswer.Conflict(String code, String field, String _) ->
            errors.add(new RowError(answered.line(), code, field));
        case RowAnswer.Refused(String code, String field, String _) ->
            errors.add(new RowError(answered.line(), code, field));
      }
    }
    if (errors.isEmpty()) {
      return errors;
    }
    Set<String> names = fieldNames.get();
    return errors.stream()
        .map(error -> new RowError(error.line(), error.code(), known(error.field(), names)))
        .toList();
  }

  /** The path as far as its names are the format's: the caller's own could be anything. */
  static @Nullable String known(@Nullable String field, Set<String> names) {
    if (field == null) {
      return null;
    }
    StringBuilder path = new StringBuilder();
    for (String step : field.split("\\.")) {
      String name = step.replaceFirst("(\\[[0-9]{1,9}\\])+$", "");
      if (!names.contains(name)) {
        break;
      }
      path.append(path.isEmpty() ? "" : ".").append(step);
    }
    return path.isEmpty() ? null : path.toString();
  }

  static String status(String code) {
    return CONFLICTS.contains(code) ? "conflict" : "refused";
  }

  static String detail(String code) {
    return DETAILS.getOrDefault(code, "not as this field is described");
  }
}
