package org.tallykeep.customer.consent;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.imports.FreeTexts;
import org.tallykeep.customer.imports.RowRefusedException;

/** Makes consents of what was sent, or says which field is at fault. */
@Singleton
public final class ConsentChecks {

  private static final int LONGEST_PURPOSE = 40;
  private static final int LONGEST_TEXT = 100;
  private static final int LONGEST_INSTANT = 40;
  private static final int MOST_AT_ONCE = 20;
  private static final Pattern PURPOSE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  private final Clock clock;

  ConsentChecks(Clock clock) {
    this.clock = clock;
  }

  /**
   * Those that came with a profile.
   *
   * @throws RowRefusedException with the path of the first field at fault
   */
  public ReceivedConsents check(@Nullable List<@Nullable ConsentRow> rows) {
    if (rows == null || rows.isEmpty()) {
      return ReceivedConsents.NONE;
    }
    if (rows.size() > MOST_AT_ONCE) {
      throw new RowRefusedException("too-many", "consents", "at most " + MOST_AT_ONCE);
    }
    Instant now = clock.instant();
    List<Consent> consents = new ArrayList<>();
    for (ConsentRow row : rows) {
      String field = "consents[" + consents.size() + "]";
      if (row == null) {
        throw new RowRefusedException("missing", field, "a consent is an object");
      }
      consents.add(check(row, field + ".", now));
    }
    return new ReceivedConsents(now, consents);
  }

  /** One by itself. */
  ReceivedConsents check(ConsentRow row) {
    Instant now = clock.instant();
    return new ReceivedConsents(now, List.of(check(row, "", now)));
  }

  /** Whether consents can be for a purpose of this name. */
  public static boolean isPurpose(@Nullable String name) {
    return name != null && name.length() <= LONGEST_PURPOSE && PURPOSE.matcher(name).matches();
  }

  private static Consent check(ConsentRow row, String prefix, Instant now) {
    String purpose = row.purpose();
    if (purpose == null || !isPurpose(purpose)) {
      throw new RowRefusedException(
          "invalid-purpose", prefix + "purpose", "a kebab-case name of at most 40 characters");
    }
    Decision decision =
        Decision.of(row.decision())
            .orElseThrow(
                () ->
                    new RowRefusedException(
                        "unknown-decision", prefix + "decision", "granted, refused or withdrawn"));
    return new Consent(
        purpose,
        decision,
        text(row.source(), prefix + "source"),
        instant(row.at(), prefix + "at", now),
        text(row.wording(), prefix + "wording"));
  }

  private static String text(@Nullable String given, String field) {
    String text = FreeTexts.free(given, field, LONGEST_TEXT);
    if (text == null) {
      throw new RowRefusedException("missing", field, "a consent says where and to what");
    }
    return text;
  }

  private static Instant instant(@Nullable String given, String field, Instant now) {
    String text = FreeTexts.line(given, field, LONGEST_INSTANT);
    if (text == null) {
      throw new RowRefusedException("missing", field, "a consent says when");
    }
    try {
      Instant at = OffsetDateTime.parse(text).toInstant();
      if (at.isAfter(now) || at.isBefore(Instant.EPOCH)) {
        throw new RowRefusedException("instant-out-of-range", field, "from 1970 until now");
      }
      return at.truncatedTo(ChronoUnit.MILLIS);
    } catch (DateTimeException e) {
      // Its message quotes the text.
      throw new RowRefusedException("invalid-instant", field, "RFC 3339, as 2026-04-30T09:15:00Z");
    }
  }
}
