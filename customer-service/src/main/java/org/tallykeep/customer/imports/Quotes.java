package org.tallykeep.customer.imports;

/**
 * Tells, octet by octet, whether one lies inside a quoted field. In UTF-8 no part of another sign
 * looks like a quote or a separator.
 */
final class Quotes {

  private enum State {
    FIELD_START,
    PLAIN,
    QUOTED,
    /** Behind a quote inside quotes: the end of the field, or the first half of a doubled one. */
    QUOTE
  }

  private boolean known;
  private byte separator;
  private State state = State.FIELD_START;

  /** From now on there are quoted fields, with that between them. */
  void between(byte octet) {
    separator = octet;
    known = true;
  }

  /** At the start of a record. */
  void start() {
    state = State.FIELD_START;
  }

  /** Whether a quote was opened and not closed. */
  boolean open() {
    return state == State.QUOTED;
  }

  /** Whether this octet, the next one, is inside quotes. */
  boolean inside(byte octet) {
    if (!known) {
      return false;
    }
    state =
        switch (state) {
          case QUOTED -> octet == '"' ? State.QUOTE : State.QUOTED;
          case QUOTE -> octet == '"' ? State.QUOTED : outside(octet);
          case FIELD_START -> octet == '"' ? State.QUOTED : outside(octet);
          case PLAIN -> outside(octet);
        };
    return state == State.QUOTED;
  }

  private State outside(byte octet) {
    return octet == separator ? State.FIELD_START : State.PLAIN;
  }
}
