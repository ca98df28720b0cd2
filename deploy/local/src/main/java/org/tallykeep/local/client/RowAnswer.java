package org.tallykeep.local.client;

/** What the service made of a row. */
public sealed interface RowAnswer {

  /** Newly taken. */
  record Taken() implements RowAnswer {}

  /** Known before with the same content: nothing to do. */
  record Known() implements RowAnswer {}

  /**
   * Not taken.
   *
   * @param code why, stable
   * @param detail why, in words; no personal value
   */
  record Refused(String code, String detail) implements RowAnswer {}
}
