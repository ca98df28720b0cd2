package org.tallykeep.keyvault.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a key is for. A key of one purpose opens nothing of another. */
public enum Purpose {
  IDENTITY(Family.SUBJECT),
  CONTACT(Family.SUBJECT),
  LINK(Family.SUBJECT),
  MASK(Family.SUBJECT),
  REIDENTIFY(Family.PSEUDONYM),
  LEDGER(Family.DATASET),
  AGGREGATE(Family.DATASET),
  INDEX(Family.DATASET),
  MANIFEST(Family.DATASET),
  AUDIT(Family.DATASET),
  TAG(Family.DATASET),
  REVOCATION(Family.DATASET);

  private final Family family;

  Purpose(Family family) {
    this.family = family;
  }

  /** Which keys a purpose's key comes from. */
  public enum Family {
    SUBJECT,
    PSEUDONYM,
    DATASET;

    /** As written in requests, tables and key derivation. */
    @JsonValue
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static Family of(String label) {
      return Arrays.stream(values())
          .filter(f -> f.label().equals(label))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("unknown kind of key"));
    }
  }

  public Family family() {
    return family;
  }

  /** As written in requests, tables and key derivation. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The purpose written so, if there is one. */
  public static Optional<Purpose> named(String label) {
    return Arrays.stream(values()).filter(p -> p.label().equals(label)).findFirst();
  }

  @JsonCreator
  static Purpose of(String label) {
    return named(label).orElseThrow(() -> new IllegalArgumentException("unknown purpose"));
  }
}
