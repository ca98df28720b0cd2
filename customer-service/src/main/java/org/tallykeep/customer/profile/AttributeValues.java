package org.tallykeep.customer.profile;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A customer's attributes: canonical texts by name, each with what it is sealed with. */
record AttributeValues(Map<Protection, SortedMap<String, String>> byProtection) {

  static final AttributeValues NONE = new AttributeValues(Map.of());

  AttributeValues {
    Map<Protection, SortedMap<String, String>> all = new EnumMap<>(Protection.class);
    for (Protection protection : Protection.values()) {
      SortedMap<String, String> values = byProtection.getOrDefault(protection, new TreeMap<>());
      all.put(protection, Collections.unmodifiableSortedMap(new TreeMap<>(values)));
    }
    byProtection = Collections.unmodifiableMap(all);
  }

  /** Those of what is sealed. */
  static AttributeValues of(
      SortedMap<String, String> identity,
      SortedMap<String, String> contact,
      SortedMap<String, String> open) {
    return new AttributeValues(
        Map.of(Protection.IDENTITY, identity, Protection.CONTACT, contact, Protection.OPEN, open));
  }

  SortedMap<String, String> of(Protection protection) {
    return byProtection.getOrDefault(protection, Collections.emptySortedMap());
  }

  /** All of them. */
  SortedMap<String, String> all() {
    SortedMap<String, String> all = new TreeMap<>();
    byProtection.values().forEach(all::putAll);
    return all;
  }

  /** Says nothing of the person. */
  @Override
  public String toString() {
    return "AttributeValues[…]";
  }
}
