package org.tallykeep.customer.exports;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.imports.JsonRows;
import org.tallykeep.customer.imports.RowReader;
import org.tallykeep.customer.imports.RowRefusedException;

/** What is asked for, before anything in it is checked. */
@Schema(
    name = "ExportRequest",
    requiredProperties = {"kind", "format"})
record ExportRequest(
    @Schema(enumeration = {"customers", "purchases"}) @Nullable String kind,
    @Schema(enumeration = {"ndjson", "csv"}) @Nullable String format,
    @Schema(defaultValue = "false") @Nullable Boolean gzip,
    @Schema(
            description = "What to open of customers: identity, contact or both",
            examples = "[\"identity\",\"contact\"]")
        @Nullable List<@Nullable String> purposes,
    @Schema(name = "from", description = "The first day of purchases", format = "date")
        @JsonProperty("from")
        @Nullable String firstDay,
    @Schema(name = "to", description = "The last day of purchases", format = "date")
        @JsonProperty("to")
        @Nullable String lastDay,
    @Schema(
            description =
                "For another deployment: purchases of customers are under the external id"
                    + " `customer:` and the customer's id, and customers have it among theirs",
            defaultValue = "false")
        @Nullable Boolean portable) {

  static final RowReader<ExportRequest> JSON = JsonRows.of(ExportRequest.class);

  /** As it is read. */
  @JsonCreator
  ExportRequest {}

  @Nullable LocalDate from() {
    return date(firstDay, "from");
  }

  @Nullable LocalDate to() {
    return date(lastDay, "to");
  }

  private static @Nullable LocalDate date(@Nullable String text, String field) {
    try {
      return text == null ? null : LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new RowRefusedException("invalid-date", field, "a date as 2026-02-03");
    }
  }
}
