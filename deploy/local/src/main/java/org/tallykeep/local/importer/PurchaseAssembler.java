package org.tallykeep.local.importer;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tallykeep.local.CommandFailure;
import org.tallykeep.local.importer.PurchaseEvent.When;
import org.tallykeep.local.importer.RowMapper.MappedRow;

/**
 * Makes purchases of rows: each as soon as its last row was read, or not at all when one of its
 * rows is refused.
 */
final class PurchaseAssembler implements DelimitedFile.Rows {

  private static final int MAX_OPEN_ROWS = 500_000;
  private static final DateTimeFormatter BASIC = DateTimeFormatter.BASIC_ISO_DATE;

  /** Where purchases and refused rows go. */
  interface Sink {
    void purchase(PurchaseEvent purchase);

    void refused(long line, RowRefusal refusal);
  }

  /** A purchase whose last row is yet to come. */
  private static final class Open {
    private final List<Long> fileLines = new ArrayList<>();
    private final List<PurchaseEvent.Line> lines = new ArrayList<>();
    private @Nullable MappedRow first;
    private long refusedLine;
  }

  private final RowMapper mapper;
  private final Survey survey;
  private final Sink sink;
  private final Map<String, Open> open = new HashMap<>();
  private final HashedLongs places = new HashedLongs();
  private int openRows;

  PurchaseAssembler(RowMapper mapper, Survey survey, Sink sink) {
    this.mapper = mapper;
    this.survey = survey;
    this.sink = sink;
  }

  @Override
  public void refused(long line, RowRefusal refusal) {
    sink.refused(line, refusal);
  }

  @Override
  public void row(long line, String[] fields) {
    MappedRow row = null;
    try {
      row = mapper.map(fields);
    } catch (RowRefusal.Exception e) {
      sink.refused(line, e.refusal());
    }
    if (!mapper.groups()) {
      if (row != null) {
        sink.purchase(single(row, line));
      }
      return;
    }
    String id = mapper.purchaseId(fields);
    if (!id.isEmpty()) {
      add(id, line, row);
      if (survey.isLast(id, line)) {
        complete(id);
      }
    }
  }

  private void add(String id, long line, @Nullable MappedRow row) {
    Open purchase = open.computeIfAbsent(id, key -> new Open());
    if (row == null) {
      purchase.refusedLine = line;
      return;
    }
    if (purchase.first == null) {
      purchase.first = row;
    } else if (!purchase.first.customer().equals(row.customer())) {
      String detail = "another customer than in the rows of the same purchase before it";
      sink.refused(line, new RowRefusal("two-customers", detail));
      purchase.refusedLine = line;
      return;
    }
    purchase.fileLines.add(line);
    purchase.lines.add(row.line());
    if (++openRows > MAX_OPEN_ROWS) {
      throw new CommandFailure(
          "the rows of the same purchase are too far apart; sort the file by purchase");
    }
  }

  private void complete(String id) {
    Open purchase = open.remove(id);
    if (purchase == null) {
      return;
    }
    openRows -= purchase.lines.size();
    RowRefusal incomplete = incomplete(id, purchase);
    MappedRow first = purchase.first;
    if (incomplete != null) {
      purchase.fileLines.forEach(line -> sink.refused(line, incomplete));
    } else if (first != null) {
      long[] lines = purchase.fileLines.stream().mapToLong(Long::longValue).toArray();
      sink.purchase(event(id, first, purchase.lines, lines));
    }
  }

  private @Nullable RowRefusal incomplete(String id, Open purchase) {
    if (purchase.refusedLine > 0) {
      return new RowRefusal(
          "purchase-incomplete", "line " + purchase.refusedLine + " of its purchase was refused");
    }
    return survey.besideUnreadable(id)
        ? new RowRefusal("purchase-incomplete", "beside a row that cannot be read")
        : null;
  }

  /**
   * A purchase of one row. Two customers and days that share a hash would leave out a number: the
   * ids stay different and the same file gives the same ones.
   */
  private PurchaseEvent single(MappedRow row, long line) {
    String moment =
        switch (row.when()) {
          case When.At at -> at.instant().toString();
          case When.On on -> BASIC.format(on.day());
        };
    String stem = row.customer() + "-" + moment;
    long place = places.get(stem) + 1;
    places.put(stem, place);
    return event(stem + "-" + place, row, List.of(row.line()), new long[] {line});
  }

  private static PurchaseEvent event(
      String id, MappedRow first, List<PurchaseEvent.Line> lines, long[] fileLines) {
    return new PurchaseEvent(
        id, first.customer(), first.when(), first.currency(), first.note(), lines, fileLines);
  }
}
