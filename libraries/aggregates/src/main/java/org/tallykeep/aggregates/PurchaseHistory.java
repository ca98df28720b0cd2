package org.tallykeep.aggregates;

import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * The purchase days of one pseudonym: complete, in whole minor units, and the same bytes whatever
 * order the purchases came in.
 *
 * @param days in ascending order, no day twice
 * @param traits what is known besides
 */
public record PurchaseHistory(List<Day> days, Traits traits) {

  /** The version of the payload that is written. */
  public static final int VERSION = 1;

  /** No purchase yet. */
  public static final PurchaseHistory EMPTY = new PurchaseHistory(List.of(), Traits.NONE);

  /**
   * What was bought on one day.
   *
   * @param epochDay days since 1970-01-01 in the retailer's zone
   * @param orders how many orders; an order of zero is one, a return is none
   * @param totalMinor what was paid, in minor units
   * @param discountMinor what was given away, in minor units
   */
  public record Day(int epochDay, int orders, long totalMinor, long discountMinor) {

    /**
     * @throws IllegalArgumentException if the orders are negative
     */
    public Day {
      if (orders < 0) {
        throw new IllegalArgumentException("a negative number of orders");
      }
    }

    private Day plus(Day other) {
      return new Day(
          epochDay,
          Math.addExact(orders, other.orders),
          Math.addExact(totalMinor, other.totalMinor),
          Math.addExact(discountMinor, other.discountMinor));
    }

    /** Leaves everything out: a purchase is nobody's business but its owner's. */
    @Override
    public String toString() {
      return "Day[…]";
    }
  }

  /**
   * @throws IllegalArgumentException if the days do not ascend
   */
  public PurchaseHistory {
    days = List.copyOf(days);
    for (int i = 1; i < days.size(); i++) {
      if (days.get(i - 1).epochDay >= days.get(i).epochDay) {
        throw new IllegalArgumentException("days must ascend");
      }
    }
  }

  /** The history with more purchases in it; adding is commutative and associative. */
  public PurchaseHistory plus(Collection<Day> more) {
    TreeMap<Integer, Day> merged = new TreeMap<>();
    days.forEach(day -> merged.put(day.epochDay, day));
    more.forEach(day -> merged.merge(day.epochDay, day, Day::plus));
    return new PurchaseHistory(List.copyOf(merged.values()), traits);
  }

  /** The same purchases with other traits. */
  public PurchaseHistory with(Traits other) {
    return new PurchaseHistory(days, other);
  }

  /** The payload, as {@code docs/formats.md} lays it out. */
  public byte[] encode() {
    return Cbor.bytes(this::write);
  }

  private void write(CBORGenerator cbor) throws IOException {
    cbor.writeStartArray(null, 3);
    cbor.writeNumber(VERSION);
    cbor.writeStartArray(null, days.size());
    for (Day day : days) {
      cbor.writeStartArray(null, 4);
      cbor.writeNumber(day.epochDay);
      cbor.writeNumber(day.orders);
      cbor.writeNumber(day.totalMinor);
      cbor.writeNumber(day.discountMinor);
      cbor.writeEndArray();
    }
    cbor.writeEndArray();
    traits.write(cbor);
    cbor.writeEndArray();
  }

  /**
   * Reads a payload.
   *
   * @throws AggregateFormatException if it is none
   */
  public static PurchaseHistory decode(byte[] payload) {
    return CborInput.whole(payload, PurchaseHistory::read);
  }

  private static PurchaseHistory read(CborInput input) throws IOException {
    input.startArray();
    CborInput.require(input.integer() == VERSION);
    input.startArray();
    List<Day> days = new ArrayList<>();
    while (!input.endsArray()) {
      input.currentIsArray();
      days.add(
          new Day(input.smallInteger(), input.smallInteger(), input.integer(), input.integer()));
      input.endArray();
    }
    Traits traits = Traits.read(input);
    input.endArray();
    return new PurchaseHistory(days, traits);
  }

  /** Says how many days there are and nothing more. */
  @Override
  public String toString() {
    return "PurchaseHistory[" + days.size() + " days]";
  }
}
