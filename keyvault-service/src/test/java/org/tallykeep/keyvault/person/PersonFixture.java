package org.tallykeep.keyvault.person;

import org.tallykeep.keyvault.branch.BranchKeys;
import org.tallykeep.keyvault.platform.Database;

/** Keys of persons without the framework. */
public final class PersonFixture {

  private PersonFixture() {}

  public static PersonKeys keys(Database database, BranchKeys branches) {
    return new PersonKeys(new PersonKeyRepository(database), branches);
  }
}
