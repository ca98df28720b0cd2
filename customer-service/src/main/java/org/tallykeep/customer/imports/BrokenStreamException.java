package org.tallykeep.customer.imports;

import java.io.IOException;

/** The body cannot be read any further: what comes after the given line is lost. */
public final class BrokenStreamException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Why a body stopped being readable; the names are part of the API. */
  public enum Reason {
    /** A line is longer than is read. */
    LINE_TOO_LONG("line-too-long"),
    /** The compressed data ends before its end, or is damaged. */
    GZIP_BROKEN("gzip-broken"),
    /** A short body becomes a very long one. */
    UNPACKS_TO_TOO_MUCH("unpacks-to-too-much"),
    /** A quote is opened and not closed: where the next record starts cannot be told. */
    QUOTE_NOT_CLOSED("quote-not-closed"),
    /** The connection ended before the body did. */
    BODY_CUT_OFF("body-cut-off");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    /** The last part of the problem type. */
    public String code() {
      return code;
    }
  }

  private final Reason reason;

  BrokenStreamException(Reason reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  BrokenStreamException(Reason reason, String detail, Throwable cause) {
    super(detail, cause);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
