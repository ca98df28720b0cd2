package org.tallykeep.keyvault.audit;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.tallykeep.evidence.NotGenuine;
import org.tallykeep.evidence.Statement;
import org.tallykeep.keyvault.signing.Signing;

/** Entries that were witnessed and are not there: the database was set back to before them. */
@Singleton
public final class AuditGap {

  private static final Logger LOG = Logger.getLogger(AuditGap.class);

  private final AuditRepository entries;
  private final Checkpoints checkpoints;
  private final Signing signing;
  private final AuditTrail trail;
  private final Clock clock;

  AuditGap(
      AuditRepository entries,
      Checkpoints checkpoints,
      Signing signing,
      AuditTrail trail,
      Clock clock) {
    this.entries = entries;
    this.checkpoints = checkpoints;
    this.signing = signing;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * Whether the newest checkpoint names entries that the database does not have. One that is not
   * genuine says nothing, and then the worse is assumed.
   *
   * @throws org.tallykeep.platform.problem.Unavailable when the log outside cannot be read now
   */
  public boolean isThere() {
    long newest = checkpoints.newestOutside();
    if (newest == 0) {
      return false;
    }
    try {
      return Statement.CHECKPOINT
          .verified(checkpoints.read(newest), signing.keys())
          .lanes()
          .stream()
          .anyMatch(lane -> entries.find(lane.lane(), lane.sequence()).isEmpty());
    } catch (NotGenuine e) {
      LOG.errorf("The newest checkpoint of the audit is not genuine: %s", e.getMessage());
      return true;
    }
  }

  /** Says so in the trail, where the next checkpoint signs it. */
  public void writeDown() {
    trail.write(AuditEvent.ofThisService(clock.instant(), "database-set-back", Optional.empty()));
  }
}
