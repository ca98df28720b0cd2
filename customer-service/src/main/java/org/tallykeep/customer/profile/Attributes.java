package org.tallykeep.customer.profile;

import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.imports.RowRefusedException;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.customer.platform.Transactions;

/**
 * The attributes that were declared. A declaration stays as it is but for more to choose from, so
 * what is remembered is right, and only what is not found in it is looked up anew.
 */
@Singleton
final class Attributes {

  private final Transactions transactions;
  private volatile Map<String, Attribute> known = Map.of();

  Attributes(Transactions transactions) {
    this.transactions = transactions;
  }

  /** All of them by name, as they stand now. */
  List<Attribute> all() {
    List<Attribute> all = transactions.call(AttributeRepository::all);
    known = all.stream().collect(Collectors.toMap(Attribute::name, Function.identity()));
    return all;
  }

  Optional<Attribute> find(String name) {
    if (!known.containsKey(name)) {
      all();
    }
    return Optional.ofNullable(known.get(name));
  }

  /**
   * Declares an attribute, or more to choose from.
   *
   * @return whether it is a new one
   */
  boolean declare(Attribute attribute) {
    boolean isNew =
        transactions.call(
            c -> {
              if (AttributeRepository.insert(c, attribute)) {
                return true;
              }
              Attribute before = AttributeRepository.lock(c, attribute.name()).orElseThrow();
              if (!before.mayBecome(attribute)) {
                throw new Refusal.Conflict(
                    "attribute-declared-otherwise",
                    "An attribute of this name is declared otherwise, and values may be sealed as"
                        + " that: take another name. Only choices can be added.");
              }
              AttributeRepository.updateChoices(c, attribute);
              return false;
            });
    all();
    return isNew;
  }

  /**
   * Checks values against their declarations.
   *
   * @throws RowRefusedException with the name of the first at fault
   */
  AttributeValues check(@Nullable Map<String, @Nullable AttributeValue> given) {
    Map<Protection, SortedMap<String, String>> checked = new EnumMap<>(Protection.class);
    if (given != null) {
      // In one order, so that the same row is always refused for the same reason.
      new TreeMap<>(given)
          .forEach(
              (name, value) -> {
                if (value != null) {
                  check(name, value, checked);
                }
              });
    }
    return new AttributeValues(checked);
  }

  private void check(
      String name, AttributeValue value, Map<Protection, SortedMap<String, String>> checked) {
    Attribute attribute =
        find(name)
            .orElseThrow(
                () ->
                    new RowRefusedException(
                        "unknown-attribute", field(name), "declare it first: PUT /v1/attributes"));
    String canonical = attribute.type().canonical(value, field(name));
    if (canonical != null) {
      if (attribute.type() == AttributeType.CHOICE && !isChoice(attribute, canonical)) {
        throw new RowRefusedException("not-a-choice", field(name), "none of the declared choices");
      }
      checked.computeIfAbsent(attribute.protection(), p -> new TreeMap<>()).put(name, canonical);
    }
  }

  private boolean isChoice(Attribute attribute, String value) {
    return attribute.choices().contains(value)
        // Another replica may have been told of more.
        || all().stream()
            .filter(each -> each.name().equals(attribute.name()))
            .anyMatch(each -> each.choices().contains(value));
  }

  /** A name that is not declared may be anything the caller wrote. */
  private static String field(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_-]{0,39}") ? "attributes." + name : "attributes";
  }

  /** Canonical texts as JSON has them. */
  SortedMap<String, Object> shown(SortedMap<String, String> canonical) {
    SortedMap<String, Object> shown = new TreeMap<>();
    canonical.forEach((name, text) -> shown.put(name, shown(name, text)));
    return shown;
  }

  /** A canonical text as JSON has it. */
  Object shown(String name, String canonical) {
    return find(name).<Object>map(each -> each.type().shown(canonical)).orElse(canonical);
  }

  /** Those of these values that audiences are made by. */
  Map<String, String> segments(Map<String, String> values) {
    Map<String, String> segments = new HashMap<>(values);
    segments.keySet().removeIf(name -> find(name).filter(Attribute::segment).isEmpty());
    return segments;
  }

  /** Those of these values that customers are found by. */
  Map<String, String> searchable(Map<String, String> values) {
    Map<String, String> searchable = new HashMap<>(values);
    searchable.keySet().removeIf(name -> find(name).filter(Attribute::searchable).isEmpty());
    return searchable;
  }
}
