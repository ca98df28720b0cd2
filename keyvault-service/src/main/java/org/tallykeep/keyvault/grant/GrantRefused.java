package org.tallykeep.keyvault.grant;

import org.tallykeep.platform.problem.Problem;

/** A job's grant that is not given, or not in force. */
public final class GrantRefused extends Problem {

  private GrantRefused(Kind kind, String detail) {
    super(kind, detail);
  }

  /** It was used up, has ended, was cancelled or waits for approval. */
  static GrantRefused notInForce() {
    return new GrantRefused(
        new Kind("grant-not-in-force", 403, "The grant is not in force"),
        "The job's grant has ended, was cancelled, waits for a second officer, or leaves fewer"
            + " records than were asked for. Stop the job and report how far it came.");
  }

  /** Nothing that could be given. */
  static GrantRefused meaningless(String detail) {
    return new GrantRefused(
        new Kind("unprocessable-grant", 422, "No such grant can be given"), detail);
  }

  static GrantRefused unknown() {
    return new GrantRefused(
        new Kind("grant-not-found", 404, "There is no such grant"), "Check the grant's id.");
  }

  /** Whoever asked cannot be the one who approves. */
  static GrantRefused sameOfficer() {
    return new GrantRefused(
        new Kind("second-officer-needed", 403, "A second officer is needed"),
        "Whoever submitted the job cannot approve it.");
  }
}
