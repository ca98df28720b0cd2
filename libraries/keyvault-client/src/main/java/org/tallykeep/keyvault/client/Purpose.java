package org.tallykeep.keyvault.client;

import java.util.Locale;

/** What the key of a subject or a pseudonym is for. */
public enum Purpose {
  /** Name, birth date, free attributes. */
  IDENTITY,
  /** E-mail, phone, postal address. */
  CONTACT,
  /** From customer to pseudonym: the one purpose of these whose keys may be kept for a while. */
  LINK,
  /** Stored masks and what is declared open. */
  MASK,
  /** From pseudonym to customer. */
  REIDENTIFY;

  /** As the key service writes it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Only {@code link} may be cached; keys of personal purposes live for one request. */
  boolean mayBeCached() {
    return this == LINK;
  }
}
