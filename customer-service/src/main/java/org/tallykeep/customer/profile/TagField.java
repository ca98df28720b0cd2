package org.tallykeep.customer.profile;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tallykeep.customer.index.IndexKeys;
import org.tallykeep.customer.index.Tags;
import org.tallykeep.customer.platform.Keys;

/** Something by which customers can be found. */
sealed interface TagField permits ContactField, AttributeField {

  /** Of all of them. */
  Set<String> TABLES =
      Set.of(ContactField.EMAIL.table(), ContactField.PHONE.table(), AttributeField.TABLE);

  /** In which every transaction writes them: two never wait for each other in turn. */
  Comparator<TagField> ORDER = Comparator.comparing(TagField::table).thenComparing(TagField::name);

  String table();

  /** What tells it from others of its table. */
  String name();

  /** What the index key makes of a value, in the spelling that is looked up. */
  Tags half(IndexKeys index, String normalised, int occurrence);

  /** The tags that are stored, of what the index key made of some values. */
  List<Tags> whole(List<Tags> halves, Keys keys);

  /** The same, on the grant of whoever makes tags anew. */
  List<Tags> wholeForReindexing(List<Tags> halves, Keys keys);

  /** What a customer is found by. */
  static Map<TagField, List<String>> of(Profile profile, Attributes attributes) {
    Map<TagField, List<String>> values = new TreeMap<>(ORDER);
    for (ContactField field : ContactField.values()) {
      values.put(field, field.of(profile));
    }
    attributes
        .searchable(profile.attributes().all())
        .forEach((name, value) -> values.put(new AttributeField(name), List.of(value)));
    return values;
  }
}
