package org.tallykeep.customer.consent;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/** The value inside a customer's sealed consents (docs/formats.md). */
final class ConsentCodec {

  private static final int VERSION = 1;
  private static final CBORMapper CBOR = new CBORMapper();

  private ConsentCodec() {}

  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  @JsonPropertyOrder({"version", "entries"})
  private record Document(int version, List<Line> entries) {
    @Override
    public String toString() {
      return "Document[…]";
    }
  }

  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  @JsonPropertyOrder({"purpose", "decision", "source", "at", "wording", "received", "kind", "name"})
  private record Line(
      String purpose,
      String decision,
      String source,
      long at,
      String wording,
      long received,
      String kind,
      String name) {

    static Line of(ConsentHistory.Entry entry) {
      Consent consent = entry.consent();
      return new Line(
          consent.purpose(),
          consent.decision().word(),
          consent.source(),
          consent.at().toEpochMilli(),
          consent.wording(),
          entry.received().toEpochMilli(),
          entry.recorder().kind(),
          entry.recorder().name());
    }

    ConsentHistory.Entry entry() {
      return new ConsentHistory.Entry(
          new Consent(
              purpose,
              Decision.of(decision).orElseThrow(ConsentCodec::unknown),
              source,
              Instant.ofEpochMilli(at),
              wording),
          Instant.ofEpochMilli(received),
          new Recorder(kind, name));
    }

    @Override
    public String toString() {
      return "Line[…]";
    }
  }

  static byte[] write(ConsentHistory history) {
    try {
      return CBOR.writeValueAsBytes(
          new Document(VERSION, history.entries().stream().map(Line::of).toList()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ConsentHistory read(byte[] value) {
    Document document;
    try {
      document = CBOR.readValue(value, Document.class);
    } catch (IOException e) {
      // Jackson's message quotes what it could not read.
      throw unknown();
    }
    if (document.version() != VERSION) {
      throw new IllegalStateException("a sealed value of a later version");
    }
    return new ConsentHistory(document.entries().stream().map(Line::entry).toList());
  }

  private static IllegalStateException unknown() {
    return new IllegalStateException("a sealed value of an unknown form");
  }
}
