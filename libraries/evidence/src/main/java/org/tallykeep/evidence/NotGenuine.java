package org.tallykeep.evidence;

import org.jspecify.annotations.Nullable;

/** Evidence that does not hold, with a sentence that says why. */
public final class NotGenuine extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public NotGenuine(String why) {
    this(why, null);
  }

  public NotGenuine(String why, @Nullable Throwable cause) {
    super(why, cause);
  }
}
