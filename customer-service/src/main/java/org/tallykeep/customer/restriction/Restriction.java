package org.tallykeep.customer.restriction;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that was ever decided about restricting the processing of one customer's data, as it is
 * sealed: a CBOR array that begins with its version (docs/formats.md).
 *
 * @param periods the newest last; only that one may be in force still
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"version", "periods"})
record Restriction(int version, List<Period> periods) {

  private static final int VERSION = 1;
  private static final CBORMapper CBOR = new CBORMapper();

  static final Restriction NONE = new Restriction(VERSION, List.of());

  Restriction {
    if (version != VERSION) {
      throw new IllegalArgumentException("a restriction of an unknown version");
    }
    periods = List.copyOf(periods);
  }

  /**
   * From when until when.
   *
   * @param from in seconds since 1970, as is the end
   */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  @JsonPropertyOrder({"reason", "from", "by", "until", "liftedBy"})
  record Period(
      String reason, long from, String by, @Nullable Long until, @Nullable String liftedBy) {

    boolean inForce() {
      return until == null;
    }

    private Period ended(long now, String who) {
      return new Period(reason, from, by, now, who);
    }

    @Override
    public String toString() {
      return "Period[…]";
    }
  }

  boolean inForce() {
    return !periods.isEmpty() && periods.getLast().inForce();
  }

  /** Restricted for that reason; the same if it is already. */
  Restriction restricted(String reason, long now, String who) {
    if (inForce() && periods.getLast().reason().equals(reason)) {
      return this;
    }
    List<Period> all = new ArrayList<>(lifted(now, who).periods);
    all.add(new Period(reason, now, who, null, null));
    return new Restriction(VERSION, all);
  }

  /** No longer restricted. */
  Restriction lifted(long now, String who) {
    if (!inForce()) {
      return this;
    }
    List<Period> all = new ArrayList<>(periods);
    all.add(all.removeLast().ended(now, who));
    return new Restriction(VERSION, all);
  }

  byte[] write() {
    try {
      return CBOR.writeValueAsBytes(this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Restriction read(byte[] value) {
    try {
      return CBOR.readValue(value, Restriction.class);
    } catch (IOException e) {
      // Its message quotes the value.
      throw new IllegalStateException("A sealed restriction is not one");
    }
  }

  @Override
  public String toString() {
    return "Restriction[…]";
  }
}
