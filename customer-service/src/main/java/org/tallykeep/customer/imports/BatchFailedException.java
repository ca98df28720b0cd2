package org.tallykeep.customer.imports;

/**
 * A batch could not be taken for a reason that lies outside its rows, such as the key service being
 * away. Nothing of it was kept, what came before stays; the caller sends the file again.
 */
public final class BatchFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * @param code the last part of the problem type
   * @param detail what the caller may do; nothing internal
   */
  public BatchFailedException(String code, String detail, Throwable cause) {
    super(detail, cause);
    this.code = code;
  }

  /** The last part of the problem type. */
  public String code() {
    return code;
  }

  /** What the caller may do. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
