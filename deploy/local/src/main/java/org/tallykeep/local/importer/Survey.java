package org.tallykeep.local.importer;

import java.util.HashSet;
import java.util.Set;

/**
 * What the first reading finds out: how many rows there are, that the file is whole, and where each
 * purchase ends, since the rows of one may stand apart.
 *
 * <p>A row that cannot be read may belong to the purchase of the row before it or after it: both
 * are remembered, because a purchase without one of its lines would be a wrong purchase, and a
 * corrected file could not be told from a contradiction later.
 */
final class Survey implements DelimitedFile.Rows {

  private final RowMapper mapper;
  private final HashedLongs lastLines = new HashedLongs();
  private final Set<String> besideUnreadable = new HashSet<>();
  private String previous = "";
  private boolean unreadable;
  private long rows;

  Survey(RowMapper mapper) {
    this.mapper = mapper;
  }

  @Override
  public void row(long line, String[] fields) {
    rows++;
    if (!mapper.groups()) {
      return;
    }
    String id = mapper.purchaseId(fields);
    if (id.isEmpty()) {
      refusedRow();
      return;
    }
    // Lines grow, so the last put is the last line; ids that share a hash wait for the later one.
    lastLines.put(id, line);
    if (unreadable) {
      besideUnreadable.add(id);
    }
    unreadable = false;
    previous = id;
  }

  @Override
  public void refused(long line, RowRefusal refusal) {
    rows++;
    refusedRow();
  }

  private void refusedRow() {
    unreadable = true;
    if (!previous.isEmpty()) {
      besideUnreadable.add(previous);
    }
  }

  long rows() {
    return rows;
  }

  boolean isLast(String purchaseId, long line) {
    return line >= lastLines.get(purchaseId);
  }

  /** Whether a row that cannot be read stands next to one of the purchase. */
  boolean besideUnreadable(String purchaseId) {
    return besideUnreadable.contains(purchaseId);
  }
}
