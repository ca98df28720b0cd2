package org.tallykeep.customer.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.tallykeep.customer.imports.BulkImportTest.Row;

class LineRowsFuzzTest {

  private static final RowFormat<Row> LINES = RowFormat.lines(JsonRows.of(Row.class));

  /** Plain or gzip, whatever the bytes look like. */
  @FuzzTest(maxDuration = "30s")
  void anyBodyIsRowsOrRefusalsOrABreak(byte[] body) throws IOException {
    try {
      Rows<Row> rows = LINES.open(ImportBody.open(new ByteArrayInputStream(body)));
      long line = 0;
      Rows.Row<Row> row;
      while ((row = rows.next()) != null) {
        assertThat(row.line()).isGreaterThan(line);
        assertThat(row.value() == null).isEqualTo(row.refused() != null);
        line = row.line();
      }
    } catch (BrokenStreamException e) {
      assertThat(e.reason()).isNotNull();
    }
  }
}
