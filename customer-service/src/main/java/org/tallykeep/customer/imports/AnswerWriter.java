package org.tallykeep.customer.imports;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.platform.problem.Problem;

/**
 * Writes answers as NDJSON. It never closes what it writes to: an output that is closed after a
 * failure looks complete to the caller.
 */
final class AnswerWriter {

  private static final JsonFactory JSON =
      JsonFactory.builder().build().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

  private final JsonGenerator json;

  AnswerWriter(OutputStream target) throws IOException {
    json = JSON.createGenerator(target, JsonEncoding.UTF8);
    json.setRootValueSeparator(null);
  }

  void row(long line, RowAnswer answer) throws IOException {
    json.writeStartObject();
    json.writeNumberField("line", line);
    switch (answer) {
      case RowAnswer.Created(UUID id) -> status("created", id);
      case RowAnswer.Accepted() -> status("accepted", null);
      case RowAnswer.Duplicate(UUID id) -> status("duplicate", id);
      case RowAnswer.Conflict(String code, String field, String detail) ->
          problem("conflict", code, field, detail);
      case RowAnswer.Refused(String code, String field, String detail) ->
          problem("refused", code, field, detail);
    }
    endLine();
  }

  void summary(ImportSummary summary) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("summary");
    json.writeNumberField("rows", summary.rows());
    json.writeNumberField("accepted", summary.accepted());
    json.writeNumberField("duplicate", summary.duplicate());
    json.writeNumberField("refused", summary.refused());
    json.writeNumberField("conflict", summary.conflict());
    json.writeEndObject();
    endLine();
    json.flush();
  }

  void error(Problem problem, long line) throws IOException {
    error(problem.kind().name(), problem.detail(), line);
  }

  void error(String code, String detail, long line) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("error");
    json.writeStringField("type", "urn:tallykeep:problem:" + code);
    json.writeStringField("detail", detail);
    json.writeNumberField("line", line);
    json.writeEndObject();
    endLine();
    json.flush();
  }

  void flush() throws IOException {
    json.flush();
  }

  private void status(String status, @Nullable UUID id) throws IOException {
    json.writeStringField("status", status);
    if (id != null) {
      json.writeStringField("id", id.toString());
    }
  }

  private void problem(String status, String code, @Nullable String field, String detail)
      throws IOException {
    json.writeStringField("status", status);
    json.writeStringField("code", code);
    if (field != null) {
      json.writeStringField("field", field);
    }
    json.writeStringField("detail", detail);
  }

  private void endLine() throws IOException {
    json.writeEndObject();
    json.writeRaw('\n');
  }
}
