package org.tallykeep.customer.profile;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a change of a profile did, in two parts that are sealed apart: the one under {@code
 * identity} says who and when as well, the one under {@code contact} holds contacts alone.
 */
record Change(Identity identity, Contact contact) {

  private static final int VERSION = 1;

  /** Fields and what they were before, in the same order; null where nothing was. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  @JsonPropertyOrder({"version", "time", "kind", "actor", "reason", "fields", "before", "origin"})
  record Identity(
      int version,
      long time,
      String kind,
      String actor,
      String reason,
      List<String> fields,
      List<@Nullable Object> before,
      @Nullable UUID origin) {
    @Override
    public String toString() {
      return "Identity[…]";
    }
  }

  /** The same of contacts. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  @JsonPropertyOrder({"version", "fields", "before"})
  record Contact(int version, List<String> fields, List<@Nullable Object> before) {
    @Override
    public String toString() {
      return "Contact[…]";
    }
  }

  private static final Map<String, Function<Profile, @Nullable Object>> OF_IDENTITY =
      new LinkedHashMap<>();
  private static final Map<String, Function<Profile, @Nullable Object>> OF_CONTACT =
      new LinkedHashMap<>();

  static {
    OF_IDENTITY.put("externalIds", Profile::externalIds);
    OF_IDENTITY.put("name.given", profile -> profile.name().given());
    OF_IDENTITY.put("name.family", profile -> profile.name().family());
    OF_IDENTITY.put("birthDate", profile -> text(profile.birthDate()));
    OF_IDENTITY.put("locale", Profile::locale);
    OF_CONTACT.put("emails", Profile::emails);
    OF_CONTACT.put("phones", Profile::phones);
    OF_CONTACT.put("addresses", profile -> ProfileDocument.addresses(profile));
  }

  /**
   * @param origin the row that it came of, if that may be sent again
   */
  static Change of(Profile before, Profile after, Actor actor, Instant now, @Nullable UUID origin) {
    Map<String, @Nullable Object> identity = differing(OF_IDENTITY, before, after);
    // The open ones, too: a value of before is nobody's to see without a reason.
    addAttributes(identity, before, after, Protection.IDENTITY);
    addAttributes(identity, before, after, Protection.OPEN);
    Map<String, @Nullable Object> contact = differing(OF_CONTACT, before, after);
    addAttributes(contact, before, after, Protection.CONTACT);
    return new Change(
        new Identity(
            VERSION,
            now.getEpochSecond(),
            actor.kind().name().toLowerCase(Locale.ROOT),
            actor.name(),
            actor.reason(),
            List.copyOf(identity.keySet()),
            new ArrayList<>(identity.values()),
            origin),
        new Contact(VERSION, List.copyOf(contact.keySet()), new ArrayList<>(contact.values())));
  }

  private static Map<String, @Nullable Object> differing(
      Map<String, Function<Profile, @Nullable Object>> fields, Profile before, Profile after) {
    Map<String, @Nullable Object> changed = new LinkedHashMap<>();
    fields.forEach(
        (name, field) -> {
          Object then = field.apply(before);
          if (!Objects.equals(then, field.apply(after))) {
            changed.put(name, then);
          }
        });
    return changed;
  }

  private static void addAttributes(
      Map<String, @Nullable Object> changed, Profile before, Profile after, Protection protection) {
    SortedMap<String, String> then = before.attributes().of(protection);
    SortedMap<String, String> now = after.attributes().of(protection);
    Set<String> names = new TreeSet<>(then.keySet());
    names.addAll(now.keySet());
    for (String name : names) {
      if (!Objects.equals(then.get(name), now.get(name))) {
        changed.put(ProfileDocument.ATTRIBUTES + "." + name, then.get(name));
      }
    }
  }

  private static @Nullable String text(@Nullable LocalDate date) {
    return date == null ? null : date.toString();
  }

  @Override
  public String toString() {
    return "Change[…]";
  }
}
