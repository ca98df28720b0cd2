package org.tallykeep.customer.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.jobs.ErrorRepository.RowError;
import org.tallykeep.customer.platform.Transactions;

/** Writes the refusals of a job, a page of them in memory. */
@Singleton
final class ErrorExport {

  private static final int PAGE = 1000;
  private static final ObjectWriter NDJSON =
      JsonMapper.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build()
          .writerFor(Told.class)
          .withRootValueSeparator("\n");
  private static final ObjectWriter CSV = csv();

  private final Transactions transactions;

  ErrorExport(Transactions transactions) {
    this.transactions = transactions;
  }

  /** A refusal as it is told. */
  @JsonPropertyOrder({"line", "status", "code", "field", "detail"})
  record Told(long line, String status, String code, @Nullable String field, String detail) {
    static Told of(RowError error) {
      return new Told(
          error.line(),
          ErrorDetails.status(error.code()),
          error.code(),
          error.field(),
          ErrorDetails.detail(error.code()));
    }
  }

  private static ObjectWriter csv() {
    CsvMapper mapper = new CsvMapper();
    CsvSchema schema =
        CsvSchema.builder()
            .addColumn("line")
            .addColumn("status")
            .addColumn("code")
            .addColumn("field")
            .addColumn("detail")
            .setUseHeader(true)
            .build();
    return mapper.writerFor(Told.class).with(schema);
  }

  /** Writes all of them into the output, which it flushes and never closes. */
  void write(UUID job, boolean asCsv, OutputStream output) throws IOException {
    ObjectWriter writer = (asCsv ? CSV : NDJSON).without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    SequenceWriter told = writer.writeValues(output);
    long last = 0;
    List<RowError> page;
    do {
      long behind = last;
      page = transactions.call(c -> ErrorRepository.behind(c, job, behind, PAGE));
      for (RowError error : page) {
        told.write(Told.of(error));
        last = error.line();
      }
      told.flush();
    } while (page.size() == PAGE);
    if (!asCsv && last > 0) {
      output.write('\n');
    }
    output.flush();
  }
}
