package org.tallykeep.customer.purchaser;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import org.tallykeep.customer.index.IndexKeys;
import org.tallykeep.customer.index.Tags;

/**
 * The retailer's own number of a person in the one spelling under which it is looked up. Customers
 * and anonymous buyers have tables, and so tags, of their own: the same number gives unrelated
 * tags.
 *
 * <p>An external id is unique, so its tag is always of occurrence 0: that the tag is taken already
 * is how a second customer is prevented.
 */
record ExternalId(String value) {

  /** Locks for new ids; two ids that share one merely wait for each other. */
  static final int STRIPES = 256;

  static ExternalId of(String given) {
    return new ExternalId(Normalizer.normalize(given.strip(), Normalizer.Form.NFC));
  }

  Tags customerTags(IndexKeys keys) {
    return tags(keys, "customer_external_id");
  }

  Tags anonymousTags(IndexKeys keys) {
    return tags(keys, "purchaser_external_id");
  }

  int stripe() {
    return Math.floorMod(value.hashCode(), STRIPES);
  }

  private Tags tags(IndexKeys keys, String table) {
    return keys.tags(table, "external_id", value.getBytes(StandardCharsets.UTF_8), 0);
  }

  /** Leaves the number out: it names a person. */
  @Override
  public String toString() {
    return "ExternalId[…]";
  }
}
