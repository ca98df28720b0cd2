package org.tallykeep.customer.index;

/** Tags were made for versions that are not those in force any more: nothing was written. */
final class VersionsChanged extends Outdated {
  private static final long serialVersionUID = 1L;

  VersionsChanged() {
    super("other versions of the index key are in force by now");
  }
}
