package org.tallykeep.customer.profile;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.consent.ConsentChecks;
import org.tallykeep.customer.imports.JsonRows;
import org.tallykeep.customer.imports.RowReader;
import org.tallykeep.customer.imports.RowRefusedException;
import org.tallykeep.customer.platform.RetailerConfig;

/** Makes a profile of what was sent, or says which field is at fault. */
@Singleton
final class ProfileChecks implements RowReader<Profile> {

  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_ADDRESS_LINE = 200;
  private static final int LONGEST_ID = 200;
  private static final int LONGEST_LOCALE = 35;
  private static final int MOST_VALUES = 8;
  private static final int OLDEST = 120;
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private static final RowReader<ProfileRow> JSON = JsonRows.of(ProfileRow.class);

  private final RetailerConfig retailer;
  private final Clock clock;
  private final Attributes attributes;
  private final ConsentChecks consents;

  ProfileChecks(
      RetailerConfig retailer, Clock clock, Attributes attributes, ConsentChecks consents) {
    this.retailer = retailer;
    this.clock = clock;
    this.attributes = attributes;
    this.consents = consents;
  }

  /** From one line of JSON to a checked profile. */
  @Override
  public Profile read(byte[] line) {
    return check(JSON.read(line));
  }

  /**
   * @throws RowRefusedException with the path of the first field at fault
   */
  Profile check(ProfileRow row) {
    return new Profile(
        externalIds(row),
        row.externalId() != null,
        name(row.name()),
        birthDate(row.birthDate()),
        emails(row.emails()),
        phones(row.phones()),
        addresses(row.addresses()),
        locale(row.locale()),
        attributes.check(row.attributes()),
        consents.check(row.consents()),
        Boolean.TRUE.equals(row.reinstate()));
  }

  /**
   * @throws RowRefusedException unless it is exactly one criterion that can be looked for
   */
  CustomerSearch check(CustomerSearch.Request request) {
    return request.check(retailer.country(), attributes);
  }

  private static List<String> externalIds(ProfileRow row) {
    String only = Texts.line(row.externalId(), "externalId", LONGEST_ID);
    if (row.externalIds() == null) {
      return only == null ? List.of() : List.of(only);
    }
    if (row.externalId() != null) {
      throw new RowRefusedException(
          "one-of-both", "externalIds", "externalId is short for a list of one: send one of both");
    }
    Set<String> ids = new LinkedHashSet<>();
    int index = 0;
    for (String given : bounded(row.externalIds(), "externalIds")) {
      String field = "externalIds[" + index++ + "]";
      String id = Texts.line(given, field, LONGEST_ID);
      if (id == null) {
        throw new RowRefusedException("missing", field, "an external id is not empty");
      }
      ids.add(id);
    }
    return List.copyOf(ids);
  }

  private static Profile.Name name(ProfileRow.@Nullable NameRow row) {
    String given = row == null ? null : Texts.free(row.given(), "name.given", LONGEST_NAME);
    String family = row == null ? null : Texts.free(row.family(), "name.family", LONGEST_NAME);
    if (given == null && family == null) {
      throw new RowRefusedException("missing", "name", "a given or a family name is needed");
    }
    return new Profile.Name(given, family);
  }

  private @Nullable LocalDate birthDate(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      LocalDate date = LocalDate.parse(text.strip());
      LocalDate today = LocalDate.now(clock.withZone(retailer.zone()));
      if (date.isAfter(today) || date.isBefore(today.minusYears(OLDEST))) {
        throw new RowRefusedException(
            "date-out-of-range", "birthDate", "between " + OLDEST + " years ago and today");
      }
      return date;
    } catch (DateTimeException e) {
      // Its message quotes the text.
      throw new RowRefusedException("invalid-date", "birthDate", "a date as 1980-02-03");
    }
  }

  private static List<String> emails(@Nullable List<@Nullable String> emails) {
    List<String> checked = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (String given : bounded(emails, "emails")) {
      String field = "emails[" + checked.size() + "]";
      String email = Texts.line(given, field, 1000);
      if (email == null) {
        throw new RowRefusedException("invalid-email", field, "not an e-mail address");
      }
      if (seen.add(Emails.normalised(Emails.check(email, field)))) {
        checked.add(email);
      }
    }
    return checked;
  }

  private List<String> phones(@Nullable List<@Nullable String> phones) {
    Set<String> checked = new LinkedHashSet<>();
    int index = 0;
    for (String given : bounded(phones, "phones")) {
      String field = "phones[" + index++ + "]";
      String phone = given == null ? "" : given.strip();
      checked.add(Phones.check(phone, retailer.country(), field));
    }
    return List.copyOf(checked);
  }

  private static List<Profile.Address> addresses(
      @Nullable List<ProfileRow.@Nullable AddressRow> addresses) {
    List<Profile.Address> checked = new ArrayList<>();
    for (ProfileRow.AddressRow row : bounded(addresses, "addresses")) {
      String field = "addresses[" + checked.size() + "]";
      if (row == null) {
        throw new RowRefusedException("missing", field, "an address is an object");
      }
      Profile.Address address =
          new Profile.Address(
              Texts.free(row.street(), field + ".street", LONGEST_ADDRESS_LINE),
              Texts.free(row.postalCode(), field + ".postalCode", LONGEST_ADDRESS_LINE),
              Texts.free(row.town(), field + ".town", LONGEST_ADDRESS_LINE),
              Texts.free(row.region(), field + ".region", LONGEST_ADDRESS_LINE),
              country(row.country(), field + ".country"));
      if (address.street() == null && address.postalCode() == null && address.town() == null) {
        throw new RowRefusedException("missing", field, "a street, postal code or town is needed");
      }
      checked.add(address);
    }
    return checked;
  }

  private static @Nullable String country(@Nullable String text, String field) {
    if (text == null || text.isBlank()) {
      return null;
    }
    String country = text.strip().toUpperCase(Locale.ROOT);
    if (!COUNTRIES.contains(country)) {
      throw new RowRefusedException("invalid-country", field, "two letters of ISO 3166, as US");
    }
    return country;
  }

  private static @Nullable String locale(@Nullable String text) {
    String tag = Texts.line(text, "locale", LONGEST_LOCALE);
    if (tag == null) {
      return null;
    }
    try {
      return new Locale.Builder().setLanguageTag(tag).build().toLanguageTag();
    } catch (IllformedLocaleException e) {
      throw new RowRefusedException("invalid-locale", "locale", "a BCP 47 tag, as en-US");
    }
  }

  private static <T extends @Nullable Object> List<T> bounded(
      @Nullable List<T> values, String field) {
    if (values == null) {
      return List.of();
    }
    if (values.size() > MOST_VALUES) {
      throw new RowRefusedException("too-many", field, "at most " + MOST_VALUES);
    }
    return values;
  }
}
