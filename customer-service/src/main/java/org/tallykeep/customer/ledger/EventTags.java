package org.tallykeep.customer.ledger;

import java.nio.charset.StandardCharsets;
import org.tallykeep.customer.platform.Tag;
import org.tallykeep.envelope.BlindIndexKey;

/**
 * What the index knows of an event.
 *
 * @param event tells whether it is there
 * @param content tells whether it is the same
 */
record EventTags(Tag event, Tag content) {

  private static final String TABLE = "purchase_event";

  static EventTags of(Purchase purchase, BlindIndexKey key) {
    byte[] eventId = purchase.eventId().getBytes(StandardCharsets.UTF_8);
    int version = key.ref().version();
    return new EventTags(
        Tag.of(key.tag(TABLE, "event", eventId, 0), version),
        Tag.of(key.tag(TABLE, "content", PurchaseCodec.content(purchase), 0), version));
  }
}
