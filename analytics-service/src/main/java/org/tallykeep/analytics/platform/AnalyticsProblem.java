package org.tallykeep.analytics.platform;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.tallykeep.platform.problem.Problem;

/** Why this service refuses a request. */
public abstract sealed class AnalyticsProblem extends Problem {

  private AnalyticsProblem(Kind kind, String detail, @Nullable Throwable cause) {
    super(kind, detail, cause);
  }

  /** Well-formed but without sense: 422. */
  public static final class Senseless extends AnalyticsProblem {
    /**
     * @param name the problem in kebab case
     * @param detail what is wrong and what to send instead
     */
    public Senseless(String name, String detail) {
      super(new Kind(name, 422, "The request makes no sense for these data"), detail, null);
    }
  }

  /** The histories are not in memory yet: 503. */
  public static final class StillLoading extends AnalyticsProblem {
    public StillLoading() {
      super(
          new Kind("histories-loading", 503, "Not ready yet"),
          "The purchase histories are still being loaded. Try again in a few seconds.",
          null);
    }

    @Override
    public Duration retryAfter() {
      return Duration.ofSeconds(5);
    }
  }

  /** The histories could not be brought up to date; those before stay in use: 503. */
  public static final class NotRefreshed extends AnalyticsProblem {
    /**
     * @param name the problem in kebab case
     * @param detail what to do about it
     */
    public NotRefreshed(String name, String detail, @Nullable Throwable cause) {
      super(new Kind(name, 503, "The histories could not be brought up to date"), detail, cause);
    }

    @Override
    public Duration retryAfter() {
      return Duration.ofSeconds(10);
    }
  }

  /** A service's token, but not of the service that may do this: 403. */
  public static final class OtherService extends AnalyticsProblem {
    public OtherService() {
      super(
          new Kind("other-service", 403, "Not allowed"),
          "This operation is for one service's own token only.",
          null);
    }
  }
}
