package org.tallykeep.customer.profile;

import java.util.Locale;

/** With which part of a customer an attribute is sealed, and so who gets to see it. */
enum Protection {
  IDENTITY,
  CONTACT,
  /** With the mask: everyone who may see a customer. */
  OPEN;

  /** As it is written. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
