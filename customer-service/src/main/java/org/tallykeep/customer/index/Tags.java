package org.tallykeep.customer.index;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.platform.Tag;

/**
 * The tags of one value, one under each version in force, the older first.
 *
 * <p>In a table they are {@code tag_a, version_a, tag_b, version_b}: odd versions in the first
 * pair, even ones in the second. So tags of one version are always compared with tags of the same,
 * and each column's uniqueness is that of its version.
 */
public record Tags(List<Tag> all) {

  /** An order for statements that lock rows by their tags; the same in all that run at once. */
  public static final Comparator<Tags> ORDER =
      Comparator.comparing(tags -> tags.all.getFirst(), Tag.ORDER);

  public Tags {
    all = List.copyOf(all);
  }

  /** Of a row's four columns, the first of which is in that place. */
  public static Tags of(ResultSet row, int first) throws SQLException {
    List<Tag> tags = new ArrayList<>(2);
    for (int place : new int[] {first, first + 2}) {
      byte[] tag = row.getBytes(place);
      if (tag != null) {
        tags.add(Tag.of(tag, row.getInt(place + 1)));
      }
    }
    tags.sort(Comparator.comparing(Tag::version));
    return new Tags(tags);
  }

  /** What was found under one of them. */
  public <V> @Nullable V in(Map<Tag, V> found) {
    return all.stream().map(found::get).filter(Objects::nonNull).findFirst().orElse(null);
  }

  /** Whether one of them is among those. */
  public boolean anyIn(Set<Tag> taken) {
    return all.stream().anyMatch(taken::contains);
  }

  /** The tag under that version. */
  public Tag under(int version) {
    return all.stream().filter(tag -> tag.version() == version).findFirst().orElseThrow();
  }

  /** Many as columns: a parameter for a look-up or a write. */
  public record Columns(byte[][] a, Integer[] versionsA, byte[][] b, Integer[] versionsB) {}

  /** For a write: each row in its place, null where a version is not in force. */
  public static Columns toWrite(Collection<Tags> rows) {
    int size = rows.size();
    Columns columns =
        new Columns(new byte[size][], new Integer[size], new byte[size][], new Integer[size]);
    int place = 0;
    for (Tags row : rows) {
      for (Tag tag : row.all) {
        boolean first = Versions.column(tag.version()).equals("a");
        (first ? columns.a : columns.b)[place] = tag.toBytes();
        (first ? columns.versionsA : columns.versionsB)[place] = tag.version();
      }
      place++;
    }
    return columns;
  }

  /** For a look-up of all at once: those of one column each, {@code = ANY (?)}. */
  public static byte[][] inColumn(String column, Collection<Tags> rows) {
    return rows.stream()
        .flatMap(row -> row.all.stream())
        .filter(tag -> Versions.column(tag.version()).equals(column))
        .map(Tag::toBytes)
        .toArray(byte[][]::new);
  }
}
