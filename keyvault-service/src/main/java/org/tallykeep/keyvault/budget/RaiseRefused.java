package org.tallykeep.keyvault.budget;

import org.tallykeep.platform.problem.Problem;

/** A raise that is not given. */
public final class RaiseRefused extends Problem {

  private RaiseRefused(Kind kind, String detail) {
    super(kind, detail);
  }

  static RaiseRefused unknown() {
    return new RaiseRefused(
        new Kind("raise-not-found", 404, "There is no such raise"), "Check the raise's id.");
  }

  static RaiseRefused sameOfficer() {
    return new RaiseRefused(
        new Kind("second-officer-needed", 403, "A second officer is needed"),
        "Whoever asked for the raise cannot approve it.");
  }

  static RaiseRefused meaningless(String detail) {
    return new RaiseRefused(
        new Kind("unprocessable-raise", 422, "No such raise can be given"), detail);
  }
}
