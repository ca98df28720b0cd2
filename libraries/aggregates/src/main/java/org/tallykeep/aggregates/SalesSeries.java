package org.tallykeep.aggregates;

import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one shard's buyers bought of one product, category or department in one year, day by day.
 * Series of several shards are added; a buyer belongs to one shard, so their buyers add up too.
 *
 * @param level what the name names
 * @param name the retailer's own code
 * @param days in ascending order, no day twice, none without anything
 */
public record SalesSeries(Level level, String name, List<Day> days) {

  /** The version of the payload that is written. */
  public static final int VERSION = 1;

  /** What a series counts; the order is part of the format. */
  public enum Level {
    /** One product. */
    PRODUCT,
    /** The products of one category. */
    CATEGORY,
    /** The products of one department. */
    DEPARTMENT
  }

  /**
   * One day of a series, or a difference to one.
   *
   * @param epochDay days since 1970-01-01 in the retailer's zone
   * @param units how many were bought
   * @param salesMinor what was paid, in minor units
   * @param buyers pseudonyms with at least one order that holds it
   */
  public record Day(int epochDay, long units, long salesMinor, int buyers) {

    /** The sum of both, for the day of this one. */
    public Day plus(Day other) {
      return new Day(
          epochDay,
          Math.addExact(units, other.units),
          Math.addExact(salesMinor, other.salesMinor),
          Math.addExact(buyers, other.buyers));
    }

    /** What is missing from the other to this one. */
    public Day minus(Day other) {
      return new Day(
          epochDay,
          Math.subtractExact(units, other.units),
          Math.subtractExact(salesMinor, other.salesMinor),
          Math.subtractExact(buyers, other.buyers));
    }

    /** Whether nothing was bought. */
    public boolean isNothing() {
      return units == 0 && salesMinor == 0 && buyers == 0;
    }

    /** Leaves everything out. */
    @Override
    public String toString() {
      return "Day[…]";
    }
  }

  /**
   * @throws IllegalArgumentException if the days do not ascend
   */
  public SalesSeries {
    days = List.copyOf(days);
    for (int i = 1; i < days.size(); i++) {
      if (days.get(i - 1).epochDay >= days.get(i).epochDay) {
        throw new IllegalArgumentException("days must ascend");
      }
    }
  }

  /** The series with differences of single days added, by day. */
  public SalesSeries plus(Map<Integer, Day> differences) {
    TreeMap<Integer, Day> merged = new TreeMap<>();
    days.forEach(day -> merged.put(day.epochDay, day));
    differences.forEach((epochDay, day) -> merged.merge(epochDay, day, Day::plus));
    merged.values().removeIf(Day::isNothing);
    return new SalesSeries(level, name, List.copyOf(merged.values()));
  }

  /** The payload, as {@code docs/formats.md} lays it out. */
  public byte[] encode() {
    return Cbor.bytes(this::write);
  }

  private void write(CBORGenerator cbor) throws IOException {
    cbor.writeStartArray(null, 5);
    cbor.writeNumber(VERSION);
    cbor.writeNumber(level.ordinal());
    cbor.writeString(name);
    cbor.writeStartArray(null, days.size());
    for (Day day : days) {
      cbor.writeStartArray(null, 4);
      cbor.writeNumber(day.epochDay);
      cbor.writeNumber(day.units);
      cbor.writeNumber(day.salesMinor);
      cbor.writeNumber(day.buyers);
      cbor.writeEndArray();
    }
    cbor.writeEndArray();
    cbor.writeStartObject(0);
    cbor.writeEndObject();
    cbor.writeEndArray();
  }

  /**
   * Reads a payload.
   *
   * @throws AggregateFormatException if it is none
   */
  public static SalesSeries decode(byte[] payload) {
    return CborInput.whole(payload, SalesSeries::read);
  }

  private static SalesSeries read(CborInput input) throws IOException {
    input.startArray();
    CborInput.require(input.integer() == VERSION);
    int level = input.smallInteger();
    CborInput.require(level >= 0 && level < Level.values().length);
    String name = input.text();
    List<Day> days = new ArrayList<>();
    input.startArray();
    while (!input.endsArray()) {
      input.currentIsArray();
      days.add(
          new Day(input.smallInteger(), input.integer(), input.integer(), input.smallInteger()));
      input.endArray();
    }
    input.skipMap();
    input.endArray();
    return new SalesSeries(Level.values()[level], name, days);
  }

  /** Leaves the name out. */
  @Override
  public String toString() {
    return "SalesSeries[" + level + ", " + days.size() + " days]";
  }
}
