package org.tallykeep.local.importer;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tallykeep.local.CommandFailure;

/** The names of a file's columns and their places. */
final class Columns {

  private final Path file;
  private final List<String> names;
  private final Map<String, Integer> places = new HashMap<>();

  Columns(Path file, List<String> names) {
    this.file = file;
    this.names = List.copyOf(names);
    for (int i = 0; i < names.size(); i++) {
      if (places.put(names.get(i), i) != null) {
        throw new CommandFailure(
            file.getFileName() + " has two columns named " + names.get(i) + "; rename one");
      }
    }
  }

  int count() {
    return names.size();
  }

  /**
   * The place of a column.
   *
   * @param use where the mapping names it, for the message
   */
  int place(String column, String use) {
    Integer place = places.get(column);
    if (place == null) {
      throw new CommandFailure(
          "%s has no column %s (%s). Its columns are: %s"
              .formatted(file.getFileName(), column, use, String.join(", ", names)));
    }
    return place;
  }
}
