package org.tallykeep.customer.imports;

import org.jspecify.annotations.Nullable;

/**
 * One row is not taken, and why. Its parts reach the caller and the log, so none may hold a value
 * of the row.
 */
public final class RowRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;
  private final @Nullable String field;

  /**
   * @param code a stable kebab-case name of the reason
   * @param field path of the field at fault, as {@code lines[2].amount}; null for the whole row
   * @param detail what to do about it
   */
  public RowRefusedException(String code, @Nullable String field, String detail) {
    // Refusals are answers, not failures: by the thousand, so without stack traces.
    super(detail, null, false, false);
    this.code = code;
    this.field = field;
  }

  /** The answer that this refusal becomes. */
  public RowAnswer.Refused answer() {
    return new RowAnswer.Refused(code, field, detail());
  }

  /** A stable kebab-case name of the reason. */
  public String code() {
    return code;
  }

  /** Path of the field at fault; null for the whole row. */
  public @Nullable String field() {
    return field;
  }

  /** What to do about it. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
