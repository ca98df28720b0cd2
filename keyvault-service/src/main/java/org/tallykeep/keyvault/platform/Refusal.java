package org.tallykeep.keyvault.platform;

import org.tallykeep.platform.problem.Problem;

/** What the key service will not do, and why the caller need not try again. */
public sealed class Refusal extends Problem {

  private Refusal(Kind kind, String detail) {
    super(kind, detail);
  }

  /** The caller may not have this: denied unless the purpose matrix lists it. */
  public static final class NotAllowed extends Refusal {
    public NotAllowed(String detail) {
      super(new Kind("purpose-not-allowed", 403, "Not allowed for this purpose"), detail);
    }
  }

  /** More in one request than a batch may hold. */
  public static final class BatchTooLarge extends Refusal {
    public BatchTooLarge(long largest) {
      super(
          new Kind("batch-too-large", 400, "The batch is too large"),
          "Send at most %d in one request.".formatted(largest));
    }
  }

  /** Well-formed but without meaning. */
  public static final class Meaningless extends Refusal {
    public Meaningless(String detail) {
      super(new Kind("unprocessable-request", 422, "The request makes no sense"), detail);
    }
  }
}
