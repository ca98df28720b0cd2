package org.tallykeep.customer.jobs;

import jakarta.inject.Singleton;
import org.tallykeep.customer.platform.Caller;
import org.tallykeep.customer.platform.Roles;

/** Whose jobs a caller sees and cancels: a data steward everybody's, a machine its own. */
@Singleton
final class Owners {

  private final Repetitions repetitions;
  private final Caller caller;

  Owners(Repetitions repetitions, Caller caller) {
    this.repetitions = repetitions;
    this.caller = caller;
  }

  JobRepository.Owner visible() {
    return caller.hasRole(Roles.DATA_STEWARD)
        ? JobRepository.Owner.ANYBODY
        : new JobRepository.Owner(false, repetitions.ownerTag(caller.clientAndName()));
  }
}
