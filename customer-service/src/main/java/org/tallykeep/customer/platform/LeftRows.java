package org.tallykeep.customer.platform;

import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.tallykeep.envelope.KeyClosedException;
import org.tallykeep.platform.problem.Problem;

/**
 * Rows whose value does not open. Each is left as it is and stops none behind it; how many there
 * are is said once for a portion, without anything of them.
 */
public final class LeftRows {

  private static final Logger LOG = Logger.getLogger(LeftRows.class);

  private final String of;
  private int left;
  private String why = "";

  /**
   * @param of what the rows are, for the log
   */
  public LeftRows(String of) {
    this.of = of;
  }

  /**
   * What the value is, or nothing when that row is left.
   *
   * @throws RuntimeException when the row is not at fault: a key or the database is away
   */
  public <T> Optional<T> open(Supplier<T> opening) {
    try {
      return Optional.of(opening.get());
    } catch (Problem | DatabaseException | KeyClosedException e) {
      throw e;
    } catch (RuntimeException e) {
      add(e.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  /** Leaves one for that reason. */
  public void add(String reason) {
    left++;
    why = reason;
  }

  /** Says it, if there is anything to say. */
  public void say() {
    if (left > 0) {
      LOG.warnf("%d of %s cannot be opened and stay as they are (%s)", left, of, why);
    }
  }
}
