package org.tallykeep.keyvault.budget;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** How many records may be opened in any minute, hour and day. */
@RegisterForReflection
public record Limits(
    @Min(0) @Max(Limits.MOST) long minute,
    @Min(0) @Max(Limits.MOST) long hour,
    @Min(0) @Max(Limits.MOST) long day) {

  /** What one bucket can hold. */
  static final long MOST = Integer.MAX_VALUE;

  /** Nothing at all. */
  static final Limits NONE = new Limits(0, 0, 0);

  /** The limit over a window. */
  public long over(Window window) {
    return switch (window) {
      case MINUTE -> minute;
      case HOUR -> hour;
      case DAY -> day;
    };
  }

  /** The larger of both over each window. */
  Limits orMore(Limits other) {
    return new Limits(
        Math.max(minute, other.minute), Math.max(hour, other.hour), Math.max(day, other.day));
  }
}
