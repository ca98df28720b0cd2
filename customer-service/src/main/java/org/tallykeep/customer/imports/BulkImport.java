package org.tallykeep.customer.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallykeep.platform.problem.Problems;

/**
 * Takes a body of NDJSON from its first line to its last in constant memory. Good rows are kept
 * whatever becomes of the rest; every row gets its answer, in the order of the lines, once its
 * batch is committed.
 *
 * @param <T> the rows
 */
public final class BulkImport<T> {

  /** Longest line that is read, in bytes. */
  public static final int MAX_LINE = 1 << 20;

  private static final int MAX_BATCH_ROWS = 1000;

  /** A batch of long lines ends earlier, so that memory does not depend on what is sent. */
  private static final int MAX_BATCH_BYTES = 4 << 20;

  private final RowReader<T> reader;
  private final BatchHandler<T> handler;

  /** Reads rows with the reader and has the handler take them. */
  public BulkImport(RowReader<T> reader, BatchHandler<T> handler) {
    this.reader = reader;
    this.handler = handler;
  }

  /**
   * Takes the whole body and answers into the output, which it flushes and never closes.
   *
   * <p>A body that cannot be read further, or a batch that cannot be taken, ends the answers with
   * an error line in place of the summary.
   *
   * @throws IOException when the answers cannot be written any more
   */
  public void run(InputStream body, OutputStream output) throws IOException {
    AnswerWriter answers = new AnswerWriter(output);
    Lines lines = new Lines(body, MAX_LINE);
    Batch batch = new Batch();
    ImportSummary summary = ImportSummary.NONE;
    @Nullable BrokenStreamException broken = null;
    boolean more = true;
    while (more) {
      try {
        byte[] line = lines.next();
        more = line != null;
        if (line != null && !blank(line)) {
          batch.add(lines.number(), line);
        }
      } catch (BrokenStreamException e) {
        broken = e;
        more = false;
      }
      if (batch.full() || !more) {
        try {
          summary = answer(batch.take(), summary, answers);
        } catch (RuntimeException e) {
          answers.error(Problems.of(e), batch.firstLine());
          return;
        }
        batch = new Batch();
      }
    }
    if (broken == null) {
      answers.summary(summary);
    } else {
      answers.error(broken.reason().code(), String.valueOf(broken.getMessage()), lines.number());
    }
  }

  private ImportSummary answer(List<Answered> rows, ImportSummary before, AnswerWriter answers)
      throws IOException {
    ImportSummary summary = before;
    for (Answered row : rows) {
      answers.row(row.line(), row.answer());
      summary = summary.with(row.answer());
    }
    answers.flush();
    return summary;
  }

  private static boolean blank(byte[] line) {
    for (byte octet : line) {
      if (octet != ' ' && octet != '\t') {
        return false;
      }
    }
    return true;
  }

  private record Answered(long line, RowAnswer answer) {}

  /** Rows read and refused so far, until the handler takes the readable ones together. */
  private final class Batch {
    private final List<Long> numbers = new ArrayList<>();
    private final List<RowAnswer.@Nullable Refused> refusals = new ArrayList<>();
    private final List<T> rows = new ArrayList<>();
    private int bytes;

    void add(long number, byte[] line) {
      numbers.add(number);
      bytes += line.length;
      try {
        rows.add(reader.read(line));
        refusals.add(null);
      } catch (RowRefusedException e) {
        refusals.add(e.answer());
      }
    }

    boolean full() {
      return numbers.size() >= MAX_BATCH_ROWS || bytes >= MAX_BATCH_BYTES;
    }

    long firstLine() {
      return numbers.getFirst();
    }

    List<Answered> take() {
      List<RowAnswer> taken = rows.isEmpty() ? List.of() : handler.take(rows);
      if (taken.size() != rows.size()) {
        throw new IllegalStateException("a batch handler did not answer every row");
      }
      List<Answered> answered = new ArrayList<>(numbers.size());
      int next = 0;
      for (int i = 0; i < numbers.size(); i++) {
        RowAnswer refused = refusals.get(i);
        answered.add(new Answered(numbers.get(i), refused == null ? taken.get(next++) : refused));
      }
      return answered;
    }
  }
}
