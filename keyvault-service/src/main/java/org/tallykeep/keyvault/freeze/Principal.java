package org.tallykeep.keyvault.freeze;

import java.util.Locale;

/** Who can be frozen. */
public sealed interface Principal {

  /** The person's {@code sub} or the service's client id. */
  String name();

  /** As stored. */
  default String sort() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** A person, through whichever service they ask. */
  record Person(String name) implements Principal {
    /** Without the name: it stays out of logs. */
    @Override
    public String toString() {
      return "Person";
    }
  }

  /** A service's own credential. */
  record Credential(String name) implements Principal {}

  /** Whoever asks: for an incident about a purpose or a time. */
  record Everyone() implements Principal {
    /** As stored. */
    public static final String NAME = "*";

    @Override
    public String name() {
      return NAME;
    }
  }

  /** As read back. */
  static Principal of(String sort, String name) {
    return switch (sort) {
      case "person" -> new Person(name);
      case "credential" -> new Credential(name);
      case "everyone" -> new Everyone();
      default -> throw new IllegalArgumentException("no such principal: " + sort);
    };
  }
}
