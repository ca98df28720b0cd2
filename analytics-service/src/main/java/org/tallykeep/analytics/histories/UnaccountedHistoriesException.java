package org.tallykeep.analytics.histories;

/** The rows that were read are not those that the manifests account for. */
final class UnaccountedHistoriesException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnaccountedHistoriesException(String what) {
    super(what);
  }
}
