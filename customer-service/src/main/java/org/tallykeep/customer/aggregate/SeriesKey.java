package org.tallykeep.customer.aggregate;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.tallykeep.aggregates.Cbor;
import org.tallykeep.aggregates.SalesSeries;
import org.tallykeep.envelope.BlindIndexKey;

/** Which series: what it counts, and one year of it. */
record SeriesKey(SalesSeries.Level level, String name, int year) {

  /** The id of the series' row in a shard: keyed, so that it gives no name away. */
  UUID rowId(int shard, BlindIndexKey key) {
    byte[] place =
        Cbor.bytes(
            cbor -> {
              cbor.writeStartArray(null, 4);
              cbor.writeNumber(shard);
              cbor.writeNumber(level.ordinal());
              cbor.writeNumber(year);
              cbor.writeString(name);
              cbor.writeEndArray();
            });
    ByteBuffer tag = ByteBuffer.wrap(key.tag("sales_series", "series", place, 0));
    return new UUID(tag.getLong(), tag.getLong());
  }

  /** Leaves the name out. */
  @Override
  public String toString() {
    return "SeriesKey[" + level + " " + year + "]";
  }
}
