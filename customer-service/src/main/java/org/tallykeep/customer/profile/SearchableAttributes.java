package org.tallykeep.customer.profile;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.envelope.SealingKey;

/** What customers are found by of their attributes, wherever it is sealed. */
@Singleton
final class SearchableAttributes {

  private final OpenedCustomers customers;
  private final Attributes attributes;

  SearchableAttributes(OpenedCustomers customers, Attributes attributes) {
    this.customers = customers;
    this.attributes = attributes;
  }

  /** A part of a row: in which revision it was read, and the attributes in it. */
  private record Part(int revision, SortedMap<String, String> values) {
    @Override
    public String toString() {
      return "Part";
    }
  }

  /** Opens no more of each customer than searchable attributes are sealed with. */
  OpenedCustomers.Opened<TagsAnew.Values> of(Set<UUID> owners) {
    Set<Protection> wanted =
        attributes.all().stream()
            .filter(Attribute::searchable)
            .map(Attribute::protection)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Protection.class)));
    Map<Protection, OpenedCustomers.Opened<Part>> opened = new EnumMap<>(Protection.class);
    wanted.forEach(protection -> opened.put(protection, open(protection, owners)));
    Map<UUID, TagsAnew.Values> values = new HashMap<>();
    Set<UUID> erased = new HashSet<>();
    opened.values().forEach(each -> erased.addAll(each.erased()));
    for (UUID owner : owners) {
      List<Part> parts =
          opened.values().stream()
              .filter(each -> each.values().containsKey(owner))
              .map(each -> each.values().get(owner))
              .toList();
      // Parts of two revisions are no customer that there was: they come another time.
      if (!parts.isEmpty()
          && parts.size() == wanted.size()
          && parts.stream().map(Part::revision).distinct().count() == 1) {
        values.put(owner, values(parts));
      }
    }
    return new OpenedCustomers.Opened<>(values, erased);
  }

  private TagsAnew.Values values(List<Part> parts) {
    Map<TagField, List<String>> found = new HashMap<>();
    for (Part part : parts) {
      attributes
          .searchable(part.values)
          .forEach(
              (name, value) ->
                  found
                      .computeIfAbsent(new AttributeField(name), none -> new ArrayList<>())
                      .add(value));
    }
    return new TagsAnew.Values(parts.getFirst().revision, found);
  }

  private OpenedCustomers.Opened<Part> open(Protection protection, Set<UUID> owners) {
    return switch (protection) {
      case IDENTITY ->
          customers.open(
              Keys.Personal.IDENTITY,
              owners,
              part((row, key) -> ProfileSealer.identity(row, key).attributes()));
      case CONTACT ->
          customers.open(
              Keys.Personal.CONTACT,
              owners,
              part((row, key) -> ProfileSealer.contact(row, key).attributes()));
      case OPEN ->
          customers.openMasks(
              owners, part((row, key) -> ProfileSealer.mask(row, key).attributes()));
    };
  }

  private static BiFunction<CustomerRow, SealingKey, Part> part(
      BiFunction<CustomerRow, SealingKey, SortedMap<String, String>> opening) {
    return (row, key) -> new Part(row.revision(), opening.apply(row, key));
  }
}
