package org.tallykeep.aggregates;

import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes the stream of histories. It flushes at the end alone and closes nothing: after a failure
 * the reader must see a broken stream and not one that merely is short.
 */
public final class HistoryStreamWriter {

  private final CBORGenerator cbor;
  private long rows;

  /** Writes to the target, which stays open. */
  public HistoryStreamWriter(OutputStream target) throws IOException {
    cbor = Cbor.generator(target);
  }

  /** Comes first. */
  public void header(HistoryStream.Header header) throws IOException {
    cbor.writeStartObject(9);
    cbor.writeStringField(HistoryStream.KIND, HistoryStream.HEADER);
    cbor.writeNumberField("format", HistoryStream.FORMAT);
    cbor.writeStringField("currency", header.currency());
    cbor.writeNumberField("minorDigits", header.minorDigits());
    cbor.writeStringField("zone", header.zone());
    cbor.writeStringField("cursor", header.cursor().toString());
    cbor.writeBinaryField("publicKey", header.publicKey());
    cbor.writeBinaryField("publicKeyMac", header.publicKeyMac());
    cbor.writeFieldName("manifests");
    cbor.writeStartArray(null, header.manifests().size());
    for (ShardManifest manifest : header.manifests()) {
      write(manifest);
    }
    cbor.writeEndArray();
    cbor.writeEndObject();
  }

  private void write(ShardManifest manifest) throws IOException {
    cbor.writeStartArray(null, 7);
    cbor.writeNumber(manifest.shard());
    cbor.writeNumber(manifest.count());
    cbor.writeNumber(manifest.revision());
    cbor.writeBinary(manifest.sum());
    cbor.writeBinary(Uuids.bytes(manifest.macKey().id()));
    cbor.writeNumber(manifest.macKey().version());
    cbor.writeBinary(manifest.signature());
    cbor.writeEndArray();
  }

  /** One history. */
  public void row(HistoryStream.Row row) throws IOException {
    cbor.writeStartArray(null, 4);
    cbor.writeNumber(row.shard());
    cbor.writeBinary(Uuids.bytes(row.purchaserId()));
    cbor.writeNumber(row.revision());
    cbor.writeBinary(row.sealed());
    cbor.writeEndArray();
    rows++;
  }

  /** Comes last: now the reader knows that it has everything. */
  public void end() throws IOException {
    cbor.writeStartObject(2);
    cbor.writeStringField(HistoryStream.KIND, HistoryStream.END);
    cbor.writeNumberField("count", rows);
    cbor.writeEndObject();
    cbor.flush();
  }
}
