package org.tallykeep.customer.suppression;

import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tallykeep.customer.index.IndexKeys;
import org.tallykeep.customer.index.IndexVersions;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.platform.Tag;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.envelope.KeyRef;

/**
 * Marks of erased customers. They are made of the tags that a customer had: after a restore nothing
 * else is left of them. The key service has a hand in each, so that nobody tests a list of people
 * against stolen marks with a stolen index key.
 */
@Singleton
public final class Suppression {

  private final Transactions transactions;
  private final Keys keys;
  private final IndexVersions index;

  Suppression(Transactions transactions, Keys keys, IndexVersions index) {
    this.transactions = transactions;
    this.keys = keys;
    this.index = index;
  }

  /** Makes the marks that values may have left, had they been tagged with these keys. */
  @FunctionalInterface
  public interface Marking<V> {
    /** As many sets as there are values. */
    List<Set<Tag>> marks(IndexKeys keys, List<V> values);
  }

  /** Marks of tags in which the key service has no hand yet. */
  public List<Tag> wrapped(List<Tag> tags) {
    if (tags.isEmpty()) {
      return List.of();
    }
    Iterator<byte[]> made =
        keys.suppressionTags(tags.stream().map(Tag::toBytes).toList()).iterator();
    return tags.stream().map(tag -> Tag.of(made.next(), tag.version())).toList();
  }

  /** Those of the values that are kept away, and the marks that do it. */
  public <V> Map<V, Set<Tag>> of(Collection<V> values, Marking<V> marking) {
    List<KeyRef> versions = values.isEmpty() ? List.of() : transactions.call(index::kept);
    List<V> all = List.copyOf(values);
    Map<Tag, List<V>> candidates = new HashMap<>();
    for (KeyRef version : versions) {
      Iterator<Set<Tag>> marks = marking.marks(index.only(version), all).iterator();
      for (V value : all) {
        for (Tag mark : marks.next()) {
          candidates.computeIfAbsent(mark, none -> new ArrayList<>()).add(value);
        }
      }
    }
    Map<V, Set<Tag>> found = new HashMap<>();
    if (!candidates.isEmpty()) {
      for (Tag mark : transactions.call(c -> left(c, candidates.keySet()))) {
        for (V value : candidates.getOrDefault(mark, List.of())) {
          found.computeIfAbsent(value, none -> new HashSet<>()).add(mark);
        }
      }
    }
    return found;
  }

  private static Set<Tag> left(Connection connection, Set<Tag> marks) throws SQLException {
    Set<ByteBuffer> there =
        new HashSet<>(
            Sql.query(
                connection,
                "SELECT mark FROM suppression WHERE mark = ANY (?)",
                row -> ByteBuffer.wrap(row.getBytes(1)),
                (Object) Tag.toArray(marks)));
    Set<Tag> left = new HashSet<>(marks);
    left.removeIf(mark -> !there.contains(mark.bytes()));
    return left;
  }

  /** Leaves marks, in a transaction that holds the keys in force. */
  public static void leave(Connection connection, IndexKeys inForce, Collection<Tag> marks)
      throws SQLException {
    Set<Integer> versions = new TreeSet<>();
    marks.forEach(mark -> versions.add(mark.version()));
    for (int version : versions) {
      IndexVersions.keep(connection, inForce, version);
    }
    Sql.update(
        connection,
        "INSERT INTO suppression SELECT * FROM unnest(?) ON CONFLICT DO NOTHING",
        (Object) Tag.toArray(marks.stream().sorted(Tag.ORDER).toList()));
  }

  /** Lets somebody back in. */
  public static void lift(Connection connection, Collection<Tag> marks) throws SQLException {
    if (!marks.isEmpty()) {
      Sql.update(
          connection, "DELETE FROM suppression WHERE mark = ANY (?)", (Object) Tag.toArray(marks));
    }
  }
}
