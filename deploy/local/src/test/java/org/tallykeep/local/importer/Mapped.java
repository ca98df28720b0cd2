package org.tallykeep.local.importer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/** What a file becomes under a mapping, without sending it. */
record Mapped(List<PurchaseEvent> purchases, Map<Long, RowRefusal> refused, long rows) {

  static final Clock NOW = Clock.fixed(Instant.parse("2026-06-15T12:00:00Z"), ZoneOffset.UTC);

  static Mapped of(Path file, ColumnMapping mapping) {
    DelimitedFile rows = new DelimitedFile(file, FileFormat.of(mapping.format()));
    Columns columns = rows.columns();
    ColumnMapping.Products wanted = mapping.products();
    ProductTable products = ProductTable.empty();
    if (wanted != null) {
      products =
          ProductTable.find(wanted, file)
              .map(path -> ProductTable.read(wanted, path))
              .orElse(products);
    }
    RowMapper mapper = new RowMapper(mapping, columns, products, NOW);
    Survey survey = new Survey(mapper);
    rows.read(columns.count(), survey);
    List<PurchaseEvent> purchases = new ArrayList<>();
    Map<Long, RowRefusal> refused = new TreeMap<>();
    rows.read(
        columns.count(),
        new PurchaseAssembler(
            mapper,
            survey,
            new PurchaseAssembler.Sink() {
              @Override
              public void purchase(PurchaseEvent purchase) {
                purchases.add(purchase);
              }

              @Override
              public void refused(long line, RowRefusal refusal) {
                if (refused.put(line, refusal) != null) {
                  throw new AssertionError("line " + line + " was refused twice");
                }
              }
            }));
    return new Mapped(purchases, refused, survey.rows());
  }

  Map<Long, String> codes() {
    Map<Long, String> codes = new TreeMap<>();
    refused.forEach((line, refusal) -> codes.put(line, refusal.code()));
    return codes;
  }

  static Path gzip(Path file, String text) throws IOException {
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }
}
