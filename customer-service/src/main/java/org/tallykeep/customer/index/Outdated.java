package org.tallykeep.customer.index;

/** What a piece of work was begun with is not what is in force any more: nothing was written. */
public abstract class Outdated extends RuntimeException {
  private static final long serialVersionUID = 1L;

  protected Outdated(String message) {
    super(message);
  }
}
