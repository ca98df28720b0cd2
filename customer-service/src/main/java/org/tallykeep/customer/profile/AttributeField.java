package org.tallykeep.customer.profile;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.tallykeep.customer.index.IndexKeys;
import org.tallykeep.customer.index.Tags;
import org.tallykeep.customer.platform.Keys;

/** A searchable attribute. All of them share a table; the name is in the tag alone. */
record AttributeField(String name) implements TagField {

  static final String TABLE = "customer_attribute";

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Tags half(IndexKeys index, String normalised, int occurrence) {
    return index.tags(TABLE, name, normalised.getBytes(StandardCharsets.UTF_8), occurrence);
  }

  /** There is no other half: like external ids. */
  @Override
  public List<Tags> whole(List<Tags> halves, Keys keys) {
    return halves;
  }

  @Override
  public List<Tags> wholeForReindexing(List<Tags> halves, Keys keys) {
    return halves;
  }
}
