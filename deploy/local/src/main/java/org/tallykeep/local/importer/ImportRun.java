package org.tallykeep.local.importer;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.tallykeep.local.CommandFailure;
import org.tallykeep.local.client.BulkSender;
import org.tallykeep.local.client.ProgressLine;
import org.tallykeep.local.client.Row;
import org.tallykeep.local.client.RowAnswer;
import org.tallykeep.local.client.ServiceClient;

/** One import from the first row to the last answer. */
final class ImportRun {

  /**
   * What came of it.
   *
   * @param rows of the file, without a header
   * @param taken purchases that are new
   * @param known purchases that were there before
   * @param refusedRows rows that were not taken
   * @param refusedFile where they are listed
   */
  record Summary(long rows, long taken, long known, long refusedRows, Optional<Path> refusedFile) {}

  private static final int MOST_REASONS = 3;

  private final Path file;
  private final ColumnMapping mapping;
  private final Path stateDirectory;
  private final PrintWriter messages;
  private final Clock clock;
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong known = new AtomicLong();

  ImportRun(
      Path file, ColumnMapping mapping, Path stateDirectory, PrintWriter messages, Clock clock) {
    this.file = file;
    this.mapping = mapping;
    this.stateDirectory = stateDirectory;
    this.messages = messages;
    this.clock = clock;
  }

  Summary send(ServiceClient customers) {
    try {
      DelimitedFile rows = new DelimitedFile(file, FileFormat.of(mapping.format()));
      Columns columns = rows.columns();
      RowMapper mapper = new RowMapper(mapping, columns, products(), clock);
      Survey survey = new Survey(mapper);
      rows.read(columns.count(), survey);
      return send(customers, rows, columns, mapper, survey);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("the mapping makes no sense: " + e.getMessage(), e);
    }
  }

  private Summary send(
      ServiceClient customers,
      DelimitedFile rows,
      Columns columns,
      RowMapper mapper,
      Survey survey) {
    ProgressLine progress =
        new ProgressLine(
            messages, ProgressLine.onTerminal(), "rows", survey.rows(), System::nanoTime);
    Refusals refusals = new Refusals(stateDirectory, file, clock);
    BulkSender.Answers<long[]> answers =
        (lines, answer) -> count(lines, answer, progress, refusals);
    try (refusals;
        BulkSender<long[]> sender =
            new BulkSender<>(
                customers, "/v1/purchases/imports", BulkSender.Limits.ordinary(), answers)) {
      rows.read(
          columns.count(), new PurchaseAssembler(mapper, survey, sink(sender, progress, refusals)));
      sender.finish();
    } finally {
      progress.finish();
      refusals.commonest(MOST_REASONS).forEach(messages::println);
      refusals
          .file()
          .ifPresent(list -> messages.printf("the refused rows are listed in %s%n", list));
      messages.flush();
    }
    return new Summary(survey.rows(), taken.get(), known.get(), refusals.count(), refusals.file());
  }

  private static PurchaseAssembler.Sink sink(
      BulkSender<long[]> sender, ProgressLine progress, Refusals refusals) {
    return new PurchaseAssembler.Sink() {
      @Override
      public void purchase(PurchaseEvent purchase) {
        sender.add(new Row<>(purchase.json(), purchase.fileLines()));
      }

      @Override
      public void refused(long line, RowRefusal refusal) {
        refusals.add(line, refusal);
        progress.add(1, 1);
      }
    };
  }

  private void count(long[] lines, RowAnswer answer, ProgressLine progress, Refusals refusals) {
    switch (answer) {
      case RowAnswer.Taken _ -> taken.incrementAndGet();
      case RowAnswer.Known _ -> known.incrementAndGet();
      case RowAnswer.Refused(String code, String detail) -> {
        for (long line : lines) {
          refusals.add(line, new RowRefusal(code, detail));
        }
      }
    }
    progress.add(lines.length, answer instanceof RowAnswer.Refused ? lines.length : 0);
  }

  private ProductTable products() {
    ColumnMapping.Products wanted = mapping.products();
    if (wanted == null) {
      return ProductTable.empty();
    }
    Optional<Path> found = ProductTable.find(wanted, file);
    if (found.isEmpty()) {
      messages.printf(
          "no %s beside %s: purchases go without what it says of products%n",
          wanted.file(), file.getFileName());
      messages.flush();
      return ProductTable.empty();
    }
    ProductTable table = ProductTable.read(wanted, found.get());
    messages.printf(Locale.ROOT, "%,d products from %s%n", table.size(), found.get().getFileName());
    messages.flush();
    return table;
  }
}
