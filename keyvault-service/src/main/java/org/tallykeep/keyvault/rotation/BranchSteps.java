package org.tallykeep.keyvault.rotation;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import org.tallykeep.keyvault.branch.BranchSweep;
import org.tallykeep.keyvault.branch.BranchTurn;
import org.tallykeep.keyvault.event.KeyEvent;
import org.tallykeep.keyvault.event.KeyEvents;

/**
 * A new version of every branch key, to which everything moves; then those before are gone. See
 * docs/adr/0009.
 */
@Singleton
final class BranchSteps implements RotationSteps {

  /** What the event of a rotation says. */
  static final String SCOPE = "branches";

  private static final String RENEW = "renew";
  private static final String CLOSE = "close";
  private static final String DRAIN = "drain";
  private static final String REWRAP = "rewrap";
  private static final String REMOVE = "remove";

  private final BranchTurn branches;
  private final BranchSweep sweep;
  private final KeyEvents events;
  private final Clock clock;

  BranchSteps(BranchTurn branches, BranchSweep sweep, KeyEvents events, Clock clock) {
    this.branches = branches;
    this.sweep = sweep;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public String first() {
    return RENEW;
  }

  @Override
  public Progress advance(Connection connection, Rotation rotation) throws SQLException {
    Progress now = rotation.progress();
    return switch (now.step()) {
      case RENEW -> {
        branches.renew(connection);
        events.append(connection, KeyEvent.Kind.ROTATED, SCOPE);
        // Nothing needs the new versions until every replica has them in memory, even if the root
        // is away meanwhile.
        yield now.counting(0, sweep.count(connection))
            .thenAt(CLOSE, clock.instant().plus(branches.maxAge()));
      }
      case CLOSE -> {
        branches.close(connection);
        yield now.then(DRAIN);
      }
      case DRAIN -> {
        sweep.drain(connection);
        yield now.then(REWRAP);
      }
      case REWRAP -> {
        BranchSweep.Portion portion = sweep.next(connection, now.mark());
        String next = portion.mark().isPresent() ? REWRAP : REMOVE;
        yield now.marked(next, portion.mark(), now.done() + portion.passed());
      }
      case REMOVE -> {
        if (sweep.anyLeft(connection)) {
          yield now.then(REWRAP).counting(0, sweep.count(connection));
        }
        branches.remove(connection);
        // Those before leave every memory as well.
        events.append(connection, KeyEvent.Kind.ROTATED, SCOPE);
        yield now.finished(clock.instant());
      }
      default -> throw new IllegalStateException("no such step: " + now.step());
    };
  }
}
