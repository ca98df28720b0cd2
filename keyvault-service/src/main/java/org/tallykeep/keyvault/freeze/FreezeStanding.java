package org.tallykeep.keyvault.freeze;

import jakarta.inject.Singleton;
import org.tallykeep.keyvault.access.Authority;
import org.tallykeep.keyvault.access.Caller;
import org.tallykeep.keyvault.audit.Standing;

/** Officers who are frozen lift, raise and approve nothing. */
@Singleton
final class FreezeStanding implements Standing {

  private final Freezes freezes;

  FreezeStanding(Freezes freezes) {
    this.freezes = freezes;
  }

  @Override
  public void require(Caller caller, String action) {
    freezes.require(Wish.of(caller, new Authority.Own(), action));
  }
}
