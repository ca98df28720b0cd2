package org.tallykeep.aggregates;

import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of a pseudonym besides its purchases. It lies inside the sealed history and nowhere
 * else, so that whoever reads the rows cannot tell who said what.
 *
 * @param opening whether the orders are an opening balance: their events are gone from the ledger,
 *     and the history can be made of nothing else any more
 * @param unprofiled whether the person is left out of every prediction of a person
 * @param segments values of the attributes declared for segments, by name
 */
public record Traits(boolean opening, boolean unprofiled, Map<String, String> segments) {

  /** Nothing known. */
  public static final Traits NONE = new Traits(false, false, Map.of());

  private static final String OPENING = "opening";
  private static final String UNPROFILED = "unprofiled";
  private static final String SEGMENTS = "segments";

  /** Copies the values, in the order of their names. */
  public Traits {
    segments = Collections.unmodifiableSortedMap(new TreeMap<>(segments));
  }

  /** The same, as an opening balance. */
  public Traits asOpening() {
    return new Traits(true, unprofiled, segments);
  }

  /** The same purchases, and this known of the person. */
  public Traits with(boolean newUnprofiled, Map<String, String> newSegments) {
    return new Traits(opening, newUnprofiled, newSegments);
  }

  /** A map of what is not as in {@link #NONE}, keys in this order. */
  void write(CBORGenerator cbor) throws IOException {
    cbor.writeStartObject((opening ? 1 : 0) + (unprofiled ? 1 : 0) + (segments.isEmpty() ? 0 : 1));
    if (opening) {
      cbor.writeBooleanField(OPENING, true);
    }
    if (unprofiled) {
      cbor.writeBooleanField(UNPROFILED, true);
    }
    if (!segments.isEmpty()) {
      cbor.writeFieldName(SEGMENTS);
      cbor.writeStartObject(segments.size());
      for (Map.Entry<String, String> segment : segments.entrySet()) {
        cbor.writeStringField(segment.getKey(), segment.getValue());
      }
      cbor.writeEndObject();
    }
    cbor.writeEndObject();
  }

  /** Keys of later versions are passed over. */
  static Traits read(CborInput input) throws IOException {
    input.startMap();
    boolean opening = false;
    boolean unprofiled = false;
    Map<String, String> segments = Map.of();
    String key = input.nextKey();
    while (key != null) {
      switch (key) {
        case OPENING -> opening = input.bool();
        case UNPROFILED -> unprofiled = input.bool();
        case SEGMENTS -> segments = readSegments(input);
        default -> input.skipValue();
      }
      key = input.nextKey();
    }
    return new Traits(opening, unprofiled, segments);
  }

  private static Map<String, String> readSegments(CborInput input) throws IOException {
    Map<String, String> segments = new TreeMap<>();
    input.startMap();
    String name = input.nextKey();
    while (name != null) {
      segments.put(name, input.text());
      name = input.nextKey();
    }
    return segments;
  }

  /** Leaves everything out. */
  @Override
  public String toString() {
    return "Traits[…]";
  }
}
