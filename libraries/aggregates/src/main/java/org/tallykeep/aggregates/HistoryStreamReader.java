package org.tallykeep.aggregates;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallykeep.envelope.KeyRef;

/**
 * Reads the stream of histories in constant memory. {@link #header} first, then {@link #next} until
 * it is empty, which it is only behind a proper end: a stream that breaks off throws.
 */
public final class HistoryStreamReader {

  private final CborInput input;
  private long rows;

  /** Reads from the source, which stays open. */
  public HistoryStreamReader(InputStream source) throws IOException {
    input = CborInput.of(source);
  }

  /**
   * What comes first.
   *
   * @throws AggregateFormatException if it is no such stream
   */
  public HistoryStream.Header header() throws IOException {
    try {
      CborInput.require(input.nextItem() == JsonToken.START_OBJECT);
      HeaderParts parts = new HeaderParts();
      String key;
      while ((key = input.nextKey()) != null) {
        parts.read(key, input);
      }
      return parts.header();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new AggregateFormatException("not a header of a stream of histories", e);
    }
  }

  /**
   * The next row, or empty behind the end.
   *
   * @throws AggregateFormatException if the stream is damaged, cut off, or counts other rows
   * @throws IOException if it cannot be read
   */
  public Optional<HistoryStream.Row> next() throws IOException {
    JsonToken token = input.nextItem();
    if (token == JsonToken.START_OBJECT) {
      readEnd();
      return Optional.empty();
    }
    if (token != JsonToken.START_ARRAY) {
      throw new AggregateFormatException("the stream of histories broke off");
    }
    HistoryStream.Row row =
        new HistoryStream.Row(input.smallInteger(), input.uuid(), input.integer(), input.bytes());
    input.endArray();
    rows++;
    return Optional.of(row);
  }

  private void readEnd() throws IOException {
    String kind = "";
    long count = -1;
    String key;
    while ((key = input.nextKey()) != null) {
      switch (key) {
        case HistoryStream.KIND -> kind = input.text();
        case "count" -> count = input.integer();
        default -> input.skipValue();
      }
    }
    if (!kind.equals(HistoryStream.END) || count != rows) {
      throw new AggregateFormatException("the stream of histories does not end as it should");
    }
  }

  private static final class HeaderParts {
    private String kind = "";
    private long format;
    private @Nullable String currency;
    private int minorDigits = -1;
    private @Nullable String zone;
    private @Nullable RevisionCursor cursor;
    private byte @Nullable [] publicKey;
    private byte @Nullable [] publicKeyMac;
    private final List<ShardManifest> manifests = new ArrayList<>();

    void read(String key, CborInput input) throws IOException {
      switch (key) {
        case HistoryStream.KIND -> kind = input.text();
        case "format" -> format = input.integer();
        case "currency" -> currency = input.text();
        case "minorDigits" -> minorDigits = input.smallInteger();
        case "zone" -> zone = input.text();
        case "cursor" -> cursor = RevisionCursor.parse(input.text());
        case "publicKey" -> publicKey = input.bytes();
        case "publicKeyMac" -> publicKeyMac = input.bytes();
        case "manifests" -> readManifests(input);
        default -> input.skipValue();
      }
    }

    private void readManifests(CborInput input) throws IOException {
      input.startArray();
      while (!input.endsArray()) {
        input.currentIsArray();
        manifests.add(
            new ShardManifest(
                Dataset.PURCHASE_HISTORY,
                input.smallInteger(),
                input.integer(),
                input.integer(),
                input.bytes(),
                new KeyRef(input.uuid(), input.smallInteger()),
                input.bytes()));
        input.endArray();
      }
    }

    HistoryStream.Header header() {
      if (!kind.equals(HistoryStream.HEADER)
          || format != HistoryStream.FORMAT
          || currency == null
          || minorDigits < 0
          || zone == null
          || cursor == null
          || publicKey == null
          || publicKeyMac == null
          || manifests.size() != Shards.COUNT) {
        throw new AggregateFormatException("not a header of a stream of histories");
      }
      return new HistoryStream.Header(
          currency, minorDigits, zone, cursor, publicKey, publicKeyMac, manifests);
    }
  }
}
