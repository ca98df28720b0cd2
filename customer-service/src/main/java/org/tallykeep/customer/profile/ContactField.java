package org.tallykeep.customer.profile;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.tallykeep.customer.index.IndexKeys;
import org.tallykeep.customer.index.Tags;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Tag;

/** A contact field by which customers can be found. */
enum ContactField implements TagField {
  EMAIL(Keys.Contact.EMAIL, "customer_email", "email") {
    @Override
    List<String> of(ProfileCodec.Contact contact) {
      return normalised(contact.emails());
    }

    @Override
    List<String> of(Profile profile) {
      return normalised(profile.emails());
    }

    private static List<String> normalised(List<String> emails) {
      return emails.stream().map(Emails::normalised).toList();
    }
  },
  PHONE(Keys.Contact.PHONE, "customer_phone", "phone") {
    @Override
    List<String> of(ProfileCodec.Contact contact) {
      return contact.phones();
    }

    @Override
    List<String> of(Profile profile) {
      return profile.phones();
    }
  };

  private final Keys.Contact kind;
  private final String table;
  private final String column;

  ContactField(Keys.Contact kind, String table, String column) {
    this.kind = kind;
    this.table = table;
    this.column = column;
  }

  /** The values of a profile in the spelling that is looked up. */
  abstract List<String> of(Profile profile);

  /** The same of what is sealed. */
  abstract List<String> of(ProfileCodec.Contact contact);

  /** Our half of a value's tags. */
  @Override
  public Tags half(IndexKeys index, String normalised, int occurrence) {
    return index.tags(table, column, normalised.getBytes(StandardCharsets.UTF_8), occurrence);
  }

  @Override
  public List<Tags> whole(List<Tags> halves, Keys keys) {
    return whole(halves, ours -> keys.tags(kind, ours));
  }

  @Override
  public List<Tags> wholeForReindexing(List<Tags> halves, Keys keys) {
    return whole(halves, ours -> keys.tagsForReindexing(kind, ours));
  }

  /** The whole tags, by as many of the other halves as there are, made in one go. */
  private static List<Tags> whole(List<Tags> halves, UnaryOperator<List<byte[]>> otherHalf) {
    Iterator<byte[]> made =
        otherHalf
            .apply(halves.stream().flatMap(half -> half.all().stream()).map(Tag::toBytes).toList())
            .iterator();
    return halves.stream()
        .map(
            half ->
                new Tags(
                    half.all().stream().map(tag -> Tag.of(made.next(), tag.version())).toList()))
        .toList();
  }

  @Override
  public String table() {
    return table;
  }
}
