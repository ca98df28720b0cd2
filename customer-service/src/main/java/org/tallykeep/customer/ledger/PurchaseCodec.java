package org.tallykeep.customer.ledger;

import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.aggregates.Cbor;
import org.tallykeep.aggregates.CborInput;
import org.tallykeep.aggregates.Product;
import org.tallykeep.aggregates.Uuids;

/** The payload of a ledger row, as {@code docs/formats.md} lays it out. */
final class PurchaseCodec {

  static final int VERSION = 1;

  /** The property of an event that stands in the place of another. */
  private static final String CORRECTS = "corrects";

  private PurchaseCodec() {}

  /** All that was sent, in one way to write it: two of the same bytes are the same purchase. */
  static byte[] encode(Purchase purchase, UUID purchaserId) {
    return Cbor.bytes(cbor -> write(cbor, purchase, purchaserId));
  }

  private static void write(CBORGenerator cbor, Purchase purchase, UUID purchaserId)
      throws IOException {
    cbor.writeStartArray(null, 9);
    cbor.writeNumber(VERSION);
    cbor.writeNumber(purchase.kind().ordinal());
    cbor.writeBinary(Uuids.bytes(purchaserId));
    cbor.writeString(purchase.eventId());
    cbor.writeNumber(purchase.epochDay());
    if (purchase.second() == null) {
      cbor.writeNull();
    } else {
      cbor.writeNumber(purchase.second());
    }
    cbor.writeString(purchase.note());
    cbor.writeStartArray(null, purchase.lines().size());
    for (PurchaseLine line : purchase.lines()) {
      write(cbor, line);
    }
    cbor.writeEndArray();
    String corrects = purchase.corrects();
    cbor.writeStartObject(corrects == null ? 0 : 1);
    if (corrects != null) {
      cbor.writeStringField(CORRECTS, corrects);
    }
    cbor.writeEndObject();
    cbor.writeEndArray();
  }

  private static void write(CBORGenerator cbor, PurchaseLine line) throws IOException {
    cbor.writeStartArray(null, 6);
    cbor.writeString(line.product().code());
    cbor.writeString(line.product().category());
    cbor.writeString(line.product().department());
    cbor.writeNumber(line.units());
    cbor.writeNumber(line.amountMinor());
    cbor.writeNumber(line.discountMinor());
    cbor.writeEndArray();
  }

  /**
   * What the aggregates need of a payload.
   *
   * @throws org.tallykeep.aggregates.AggregateFormatException if it is none
   */
  static LedgerPurchase decode(UUID id, byte[] payload) {
    return CborInput.whole(payload, input -> read(id, input).purchase);
  }

  /**
   * Where the pseudonym stands: behind the array's head, version, kind and the head of 16 bytes.
   */
  private static final int PURCHASER_AT = 4;

  /**
   * The same under another pseudonym: nothing else of a payload is written anew, so nothing else
   * can change.
   *
   * @throws org.tallykeep.aggregates.AggregateFormatException if it is not of that pseudonym
   */
  static byte[] under(byte[] payload, UUID before, UUID after) {
    byte[] old = Uuids.bytes(before);
    int end = PURCHASER_AT + old.length;
    CborInput.require(
        payload.length > end && Arrays.equals(payload, PURCHASER_AT, end, old, 0, old.length));
    byte[] moved = payload.clone();
    System.arraycopy(Uuids.bytes(after), 0, moved, PURCHASER_AT, old.length);
    return moved;
  }

  /** What a purchase's tag is made of. */
  static String eventId(byte[] payload) {
    return CborInput.whole(payload, input -> read(new UUID(0, 0), input).eventId);
  }

  /** What the tag of its correction is made of. */
  static String corrects(byte[] payload) {
    return Objects.requireNonNull(
        CborInput.whole(payload, input -> read(new UUID(0, 0), input)).corrects);
  }

  /** All that a payload says. */
  record Read(
      String eventId,
      @Nullable String corrects,
      @Nullable Long second,
      @Nullable String note,
      LedgerPurchase purchase) {
    /** Leaves everything out. */
    @Override
    public String toString() {
      return "Read[…]";
    }
  }

  /** All of a payload. */
  static Read read(UUID id, byte[] payload) {
    return CborInput.whole(payload, input -> read(id, input));
  }

  private static Read read(UUID id, CborInput input) throws IOException {
    input.startArray();
    CborInput.require(input.integer() == VERSION);
    int kind = input.smallInteger();
    CborInput.require(kind >= 0 && kind < Purchase.Kind.values().length);
    UUID purchaserId = input.uuid();
    String eventId = input.text();
    int epochDay = input.smallInteger();
    Long second = input.integerOrNull();
    String note = input.textOrNull();
    List<PurchaseLine> lines = new ArrayList<>();
    input.startArray();
    while (!input.endsArray()) {
      input.currentIsArray();
      Product product = new Product(input.text(), input.textOrNull(), input.textOrNull());
      lines.add(new PurchaseLine(product, input.smallInteger(), input.integer(), input.integer()));
      input.endArray();
    }
    String corrects = corrects(input);
    input.endArray();
    boolean isReturn = Purchase.Kind.values()[kind] == Purchase.Kind.RETURN;
    return new Read(
        eventId,
        corrects,
        second,
        note,
        new LedgerPurchase(id, purchaserId, epochDay, isReturn, lines));
  }

  private static @Nullable String corrects(CborInput input) throws IOException {
    String corrects = null;
    input.startMap();
    for (String key = input.nextKey(); key != null; key = input.nextKey()) {
      if (key.equals(CORRECTS)) {
        corrects = input.text();
      } else {
        input.skipValue();
      }
    }
    return corrects;
  }
}
