package org.tallykeep.keyvault.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;

/**
 * Something that ends what others keep in memory.
 *
 * @param position in the order of all events, from 1, without gaps
 * @param scope what it concerns: a purpose, a family of keys, or {@code *}; never a key or a person
 */
public record KeyEvent(long position, Kind kind, String scope, Instant at) {

  /** What happened. */
  public enum Kind {
    FROZEN,
    LIFTED,
    DESTROYED,
    ROTATED;

    /** As stored and told. */
    @JsonValue
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(String label) {
      return valueOf(label.toUpperCase(Locale.ROOT));
    }
  }
}
