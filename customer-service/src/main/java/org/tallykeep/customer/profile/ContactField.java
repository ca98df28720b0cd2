package org.tallykeep.customer.profile;

import java.util.List;
import org.tallykeep.customer.platform.Keys;

/** A contact field by which customers can be found. */
enum ContactField {
  EMAIL(Keys.Contact.EMAIL, "customer_email", "email") {
    @Override
    List<String> of(Profile profile) {
      return profile.emails().stream().map(Emails::normalised).toList();
    }
  },
  PHONE(Keys.Contact.PHONE, "customer_phone", "phone") {
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

  Keys.Contact kind() {
    return kind;
  }

  String table() {
    return table;
  }

  String column() {
    return column;
  }
}
