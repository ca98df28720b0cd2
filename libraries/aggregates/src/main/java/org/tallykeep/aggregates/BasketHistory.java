package org.tallykeep.aggregates;

import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What was in each order of one pseudonym. The ids of the orders are the membership: an order that
 * is in here has been counted, in every aggregate.
 *
 * @param orders in ascending order of day and id, no id twice
 */
public record BasketHistory(List<Order> orders) {

  /** The version of the payload that is written. */
  public static final int VERSION = 1;

  /** No order yet. */
  public static final BasketHistory EMPTY = new BasketHistory(List.of());

  private static final Comparator<Order> ORDER =
      Comparator.comparingInt(Order::epochDay).thenComparing(Order::id);

  /**
   * One order.
   *
   * @param id the ledger's id of the purchase
   * @param epochDay days since 1970-01-01 in the retailer's zone
   * @param lines as they were bought, in their order
   */
  public record Order(UUID id, int epochDay, List<Line> lines) {
    /** Copies the lines. */
    public Order {
      lines = List.copyOf(lines);
    }

    /** Leaves everything out. */
    @Override
    public String toString() {
      return "Order[…]";
    }
  }

  /**
   * One line of an order.
   *
   * @param product what
   * @param units how many; negative if they were given back
   * @param salesMinor what was paid for the line, or paid back, in minor units
   */
  public record Line(Product product, int units, long salesMinor) {
    /** Leaves everything out. */
    @Override
    public String toString() {
      return "Line[…]";
    }
  }

  /**
   * @throws IllegalArgumentException if the orders do not ascend
   */
  public BasketHistory {
    orders = List.copyOf(orders);
    for (int i = 1; i < orders.size(); i++) {
      if (ORDER.compare(orders.get(i - 1), orders.get(i)) >= 0) {
        throw new IllegalArgumentException("orders must ascend");
      }
    }
  }

  /** The history with these orders in it; one that is in it already changes nothing. */
  public BasketHistory plus(Collection<Order> more) {
    Map<UUID, Order> byId = new HashMap<>();
    orders.forEach(order -> byId.put(order.id, order));
    more.forEach(order -> byId.putIfAbsent(order.id, order));
    return new BasketHistory(byId.values().stream().sorted(ORDER).toList());
  }

  /** The payload, as {@code docs/formats.md} lays it out. */
  public byte[] encode() {
    return Cbor.bytes(this::write);
  }

  private void write(CBORGenerator cbor) throws IOException {
    Map<Product, Integer> dictionary = new TreeMap<>();
    TreeSet<Product> products = new TreeSet<>();
    orders.forEach(order -> order.lines.forEach(line -> products.add(line.product)));
    products.forEach(product -> dictionary.put(product, dictionary.size()));
    cbor.writeStartArray(null, 4);
    cbor.writeNumber(VERSION);
    cbor.writeStartArray(null, dictionary.size());
    for (Product product : dictionary.keySet()) {
      cbor.writeStartArray(null, 3);
      cbor.writeString(product.code());
      cbor.writeString(product.category());
      cbor.writeString(product.department());
      cbor.writeEndArray();
    }
    cbor.writeEndArray();
    cbor.writeStartArray(null, orders.size());
    for (Order order : orders) {
      write(cbor, order, dictionary);
    }
    cbor.writeEndArray();
    cbor.writeStartObject(0);
    cbor.writeEndObject();
    cbor.writeEndArray();
  }

  private static void write(CBORGenerator cbor, Order order, Map<Product, Integer> dictionary)
      throws IOException {
    cbor.writeStartArray(null, 3);
    cbor.writeBinary(Uuids.bytes(order.id));
    cbor.writeNumber(order.epochDay);
    cbor.writeStartArray(null, order.lines.size());
    for (Line line : order.lines) {
      cbor.writeStartArray(null, 3);
      cbor.writeNumber(dictionary.getOrDefault(line.product, -1));
      cbor.writeNumber(line.units);
      cbor.writeNumber(line.salesMinor);
      cbor.writeEndArray();
    }
    cbor.writeEndArray();
    cbor.writeEndArray();
  }

  /**
   * Reads a payload.
   *
   * @throws AggregateFormatException if it is none
   */
  public static BasketHistory decode(byte[] payload) {
    return CborInput.whole(payload, BasketHistory::read);
  }

  private static BasketHistory read(CborInput input) throws IOException {
    input.startArray();
    CborInput.require(input.integer() == VERSION);
    List<Product> dictionary = new ArrayList<>();
    input.startArray();
    while (!input.endsArray()) {
      input.currentIsArray();
      dictionary.add(new Product(input.text(), input.textOrNull(), input.textOrNull()));
      input.endArray();
    }
    List<Order> orders = new ArrayList<>();
    input.startArray();
    while (!input.endsArray()) {
      input.currentIsArray();
      orders.add(new Order(input.uuid(), input.smallInteger(), readLines(input, dictionary)));
      input.endArray();
    }
    input.skipMap();
    input.endArray();
    return new BasketHistory(orders);
  }

  private static List<Line> readLines(CborInput input, List<Product> dictionary)
      throws IOException {
    List<Line> lines = new ArrayList<>();
    input.startArray();
    while (!input.endsArray()) {
      input.currentIsArray();
      int product = input.smallInteger();
      CborInput.require(product >= 0 && product < dictionary.size());
      lines.add(new Line(dictionary.get(product), input.smallInteger(), input.integer()));
      input.endArray();
    }
    return lines;
  }

  /** Says how many orders there are and nothing more. */
  @Override
  public String toString() {
    return "BasketHistory[" + orders.size() + " orders]";
  }
}
