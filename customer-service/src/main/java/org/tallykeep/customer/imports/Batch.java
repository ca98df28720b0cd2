package org.tallykeep.customer.imports;

import java.util.ArrayList;
import java.util.List;
import org.tallykeep.customer.imports.Rows.Row;

/**
 * Rows read and refused so far, until the readable ones are taken together. It ends early where
 * rows are long, so that memory does not depend on what is sent.
 */
public final class Batch<T> {

  private static final int MAX_ROWS = 1000;
  private static final int MAX_BYTES = 4 << 20;

  private final List<Row<T>> rows = new ArrayList<>();
  private final List<T> values = new ArrayList<>();
  private final List<Long> lines = new ArrayList<>();
  private int bytes;

  /** What became of the row that starts at that line. */
  public record Answered(long line, RowAnswer answer) {}

  /** Adds the next row. */
  public void add(Row<T> row) {
    rows.add(row);
    bytes += row.bytes();
    T value = row.value();
    if (value != null) {
      values.add(value);
      lines.add(row.line());
    }
  }

  /** Whether to take it before anything is added. */
  public boolean full() {
    return rows.size() >= MAX_ROWS || bytes >= MAX_BYTES;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Where the first row starts. */
  public long firstLine() {
    return rows.getFirst().line();
  }

  /** What {@link Rows#skipTo} takes to come behind this batch. */
  public long lastLine() {
    return rows.getLast().lastLine();
  }

  /** Where the readable rows start, in their order. */
  public List<Long> lines() {
    return List.copyOf(lines);
  }

  /** Has the readable rows taken; answers all rows in their order. */
  public List<Answered> take(BatchHandler<T> handler) {
    List<RowAnswer> taken = values.isEmpty() ? List.of() : handler.take(values);
    if (taken.size() != values.size()) {
      throw new IllegalStateException("a batch handler did not answer every row");
    }
    List<Answered> answered = new ArrayList<>(rows.size());
    int next = 0;
    for (Row<T> row : rows) {
      RowAnswer refused = row.refused();
      answered.add(new Answered(row.line(), refused == null ? taken.get(next++) : refused));
    }
    return answered;
  }
}
