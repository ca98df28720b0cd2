package org.tallykeep.keyvault.person;

import org.tallykeep.keyvault.branch.BranchKeys;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.keyvault.revocation.LedgerFixture;

/** Keys of persons without the framework. */
public final class PersonFixture {

  private PersonFixture() {}

  public static PersonKeys keys(Database database, BranchKeys branches) {
    return new PersonKeys(
        new PersonKeyRepository(database), branches, LedgerFixture.empty(database, branches));
  }
}
