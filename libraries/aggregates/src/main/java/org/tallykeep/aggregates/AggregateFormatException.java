package org.tallykeep.aggregates;

/** Bytes that are no payload or stream of a version known here; says nothing of their content. */
public final class AggregateFormatException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  AggregateFormatException(String what) {
    super(what);
  }

  AggregateFormatException(String what, Throwable cause) {
    super(what, cause);
  }
}
