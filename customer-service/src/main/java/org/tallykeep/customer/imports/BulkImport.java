package org.tallykeep.customer.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallykeep.platform.problem.Problems;

/**
 * Takes a body from its first row to its last in constant memory. Good rows are kept whatever
 * becomes of the rest; every row gets its answer, in the order of the lines, once its batch is
 * committed.
 *
 * @param <T> the rows
 */
public final class BulkImport<T> {

  /** Longest line that is read, in bytes. */
  public static final int MAX_LINE = 1 << 20;

  private final RowFormat<T> format;
  private final BatchHandler<T> handler;

  /** Reads one row a line with the reader and has the handler take them. */
  public BulkImport(RowReader<T> reader, BatchHandler<T> handler) {
    this(RowFormat.lines(reader), handler);
  }

  /** Reads rows of the format and has the handler take them. */
  public BulkImport(RowFormat<T> format, BatchHandler<T> handler) {
    this.format = format;
    this.handler = handler;
  }

  /**
   * Reads what stands before the first row.
   *
   * @throws org.tallykeep.customer.platform.Refusal when the body is not of the format
   */
  Opened open(InputStream body) throws IOException {
    return new Opened(format.open(body));
  }

  /** As {@link Opened#run}, of a body not opened yet. */
  public void run(InputStream body, OutputStream output) throws IOException {
    open(body).run(output);
  }

  /** A body at its first row. */
  final class Opened {
    private final Rows<T> rows;

    private Opened(Rows<T> rows) {
      this.rows = rows;
    }

    /**
     * Takes the whole body and answers into the output, which it flushes and never closes.
     *
     * <p>A body that cannot be read further, or a batch that cannot be taken, ends the answers with
     * an error line in place of the summary.
     *
     * @throws IOException when the answers cannot be written any more
     */
    void run(OutputStream output) throws IOException {
      AnswerWriter answers = new AnswerWriter(output);
      Batch<T> batch = new Batch<>();
      ImportSummary summary = ImportSummary.NONE;
      @Nullable BrokenStreamException broken = null;
      boolean more = true;
      while (more) {
        try {
          Rows.Row<T> row = rows.next();
          more = row != null;
          if (row != null) {
            batch.add(row);
          }
        } catch (BrokenStreamException e) {
          broken = e;
          more = false;
        }
        if (batch.full() || !more) {
          try {
            summary = answer(batch.take(handler), summary, answers);
          } catch (RuntimeException e) {
            answers.error(Problems.of(e), batch.firstLine());
            return;
          }
          batch = new Batch<>();
        }
      }
      if (broken == null) {
        answers.summary(summary);
      } else {
        answers.error(broken.reason().code(), String.valueOf(broken.getMessage()), rows.line());
      }
    }
  }

  private static ImportSummary answer(
      List<Batch.Answered> rows, ImportSummary before, AnswerWriter answers) throws IOException {
    for (Batch.Answered row : rows) {
      answers.row(row.line(), row.answer());
    }
    answers.flush();
    return before.with(rows);
  }
}
