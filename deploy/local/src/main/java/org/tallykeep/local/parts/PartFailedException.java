package org.tallykeep.local.parts;

import org.jspecify.annotations.Nullable;

/** Something on this machine is not as it must be; the message tells a person what to do. */
public final class PartFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public PartFailedException(String whatToDo) {
    super(whatToDo);
  }

  public PartFailedException(String whatToDo, @Nullable Throwable cause) {
    super(whatToDo, cause);
  }
}
