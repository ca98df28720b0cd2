package org.tallykeep.local.importer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of products beyond the file of purchases. */
final class ProductTable {

  private static final Kind UNKNOWN = new Kind(null, null);

  /** Where a product belongs; null where the table does not say. */
  record Kind(@Nullable String category, @Nullable String department) {}

  private final Map<String, Kind> kinds = new HashMap<>();
  private final Map<Kind, Kind> known = new HashMap<>();

  private ProductTable() {}

  static ProductTable empty() {
    return new ProductTable();
  }

  /** The file of that name beside another one, also with or without the ending .gz. */
  static Optional<Path> find(ColumnMapping.Products products, Path besides) {
    String name = products.file();
    String other = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name + ".gz";
    return List.of(name, other).stream()
        .map(besides.toAbsolutePath()::resolveSibling)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  static ProductTable read(ColumnMapping.Products products, Path path) {
    DelimitedFile file = new DelimitedFile(path, FileFormat.CSV);
    Columns columns = file.columns();
    int key = columns.place(products.key(), "products.key");
    int category = optional(columns, products.category(), "products.category");
    int department = optional(columns, products.department(), "products.department");
    ProductTable table = new ProductTable();
    file.read(
        columns.count(),
        new DelimitedFile.Rows() {
          @Override
          public void row(long line, String[] fields) {
            Kind kind = new Kind(text(fields, category), text(fields, department));
            // A table of a million products has some hundred kinds.
            table.kinds.put(fields[key].strip(), table.known.computeIfAbsent(kind, same -> same));
          }

          @Override
          public void refused(long line, RowRefusal refusal) {
            // The product goes without a category; its purchases are still good.
          }
        });
    return table;
  }

  Kind of(String product) {
    return kinds.getOrDefault(product, UNKNOWN);
  }

  int size() {
    return kinds.size();
  }

  private static int optional(Columns columns, @Nullable String column, String use) {
    return column == null ? -1 : columns.place(column, use);
  }

  private static @Nullable String text(String[] fields, int place) {
    String text = place < 0 ? "" : fields[place].strip();
    return text.isEmpty() ? null : text;
  }
}
