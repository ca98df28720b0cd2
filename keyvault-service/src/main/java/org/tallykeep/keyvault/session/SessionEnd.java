package org.tallykeep.keyvault.session;

/** What became of ending a person's sessions. */
sealed interface SessionEnd {

  /** They have none any more. */
  record Ended() implements SessionEnd {}

  /** The issuer knows nobody of that name, so there is nothing to end. */
  record Nobody() implements SessionEnd {}

  /**
   * Not done; to be tried again.
   *
   * @param why for the log: a status or the class of a failure, nothing about the person
   */
  record NotYet(String why) implements SessionEnd {}

  /** In metrics. */
  default String label() {
    return switch (this) {
      case Ended ended -> "ended";
      case Nobody nobody -> "nobody";
      case NotYet notYet -> "not-yet";
    };
  }
}
