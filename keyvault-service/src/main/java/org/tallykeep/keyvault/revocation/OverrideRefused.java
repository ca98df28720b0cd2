package org.tallykeep.keyvault.revocation;

import org.tallykeep.platform.problem.Problem;

/** A ledger that is not taken as it is. */
public final class OverrideRefused extends Problem {

  private OverrideRefused(Kind kind, String detail) {
    super(kind, detail);
  }

  /** Nothing is lost, or what is wrong is more than a loss. */
  static OverrideRefused notOverridable(String why) {
    return new OverrideRefused(
        new Kind("ledger-not-overridable", 409, "The revocation ledger is not overridden"), why);
  }

  /** The officer looked at something else. */
  static OverrideRefused changed() {
    return new OverrideRefused(
        new Kind("ledger-changed", 409, "The revocation ledger is not as you saw it"),
        "Look at GET /v1/revocations/ledger again, and repeat its head and what is remembered.");
  }

  static OverrideRefused sameOfficer() {
    return new OverrideRefused(
        new Kind("second-officer-needed", 403, "A second officer is needed"),
        "You asked for this override. Within an hour another security officer has to ask for the"
            + " same.");
  }
}
