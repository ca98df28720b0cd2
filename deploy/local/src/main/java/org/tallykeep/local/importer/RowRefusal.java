package org.tallykeep.local.importer;

/**
 * Why a row is not taken. Neither part holds a value of the row.
 *
 * @param code stable
 * @param detail names the column and what is wrong with it
 */
record RowRefusal(String code, String detail) {

  /** Thrown while a row is read, caught where rows are counted. */
  static final class Exception extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient RowRefusal refusal;

    Exception(String code, String detail) {
      super(code, null, false, false);
      this.refusal = new RowRefusal(code, detail);
    }

    RowRefusal refusal() {
      return refusal;
    }
  }
}
