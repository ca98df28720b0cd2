package org.tallykeep.customer.jobs;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.imports.CsvRecord;
import org.tallykeep.customer.imports.CsvShape;
import org.tallykeep.customer.imports.ImportKind;
import org.tallykeep.customer.imports.JsonRows;
import org.tallykeep.customer.imports.NewIds;
import org.tallykeep.customer.imports.RowAnswer;
import org.tallykeep.customer.imports.RowFormat;

/** Rows that somebody sees and nobody keeps. */
final class PlainRows implements ImportKind<PlainRows.Plain> {

  record Plain(@Nullable String name) {}

  private final Consumer<List<Plain>> seen;

  PlainRows(Consumer<List<Plain>> seen) {
    this.seen = seen;
  }

  @Override
  public String name() {
    return "plain";
  }

  @Override
  public RowFormat<Plain> ndjson() {
    return RowFormat.lines(JsonRows.of(Plain.class));
  }

  @Override
  public RowFormat<Plain> csv() {
    return RowFormat.csv(new Shape(), JsonRows.of(Plain.class));
  }

  @Override
  public Set<String> fieldNames() {
    return Set.of("name");
  }

  @Override
  public List<RowAnswer> take(List<Plain> rows, NewIds ids, String sender) {
    seen.accept(rows);
    return rows.stream().<RowAnswer>map(row -> new RowAnswer.Accepted()).toList();
  }

  private record Shape() implements CsvShape {
    @Override
    public List<String> columns() {
      return List.of("name");
    }

    @Override
    public boolean joins() {
      return false;
    }

    @Override
    public com.fasterxml.jackson.databind.node.ObjectNode json(List<CsvRecord> records) {
      return com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
          .objectNode()
          .put("name", records.getFirst().get("name"));
    }
  }
}
