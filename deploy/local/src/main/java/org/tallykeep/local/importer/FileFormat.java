package org.tallykeep.local.importer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How rows and fields are told apart.
 *
 * @param delimiter one ASCII character, or null for any run of blanks and tabs
 * @param columns the names of the columns; null when the first row of the file has them
 */
record FileFormat(@Nullable Character delimiter, @Nullable List<String> columns) {

  static final FileFormat CSV = new FileFormat(',', null);

  static FileFormat of(ColumnMapping.@Nullable Format format) {
    if (format == null) {
      return CSV;
    }
    boolean header = format.header() == null || format.header();
    List<String> names = format.columns();
    if (header == (names != null)) {
      throw new IllegalArgumentException(
          header
              ? "format.columns is for files without a header: say header: false"
              : "a file without a header needs format.columns");
    }
    return new FileFormat(delimiter(format.delimiter()), names);
  }

  private static @Nullable Character delimiter(@Nullable String text) {
    if (text == null) {
      return ',';
    }
    if (text.equals("whitespace")) {
      return null;
    }
    if (text.length() != 1 || text.charAt(0) > 126 || "\"\n\r".contains(text)) {
      throw new IllegalArgumentException(
          "format.delimiter is one character such as \",\" or \"\\t\", or whitespace");
    }
    return text.charAt(0);
  }
}
