package org.tallykeep.keyvault.person;

import org.tallykeep.keyvault.branch.BranchKeys;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.keyvault.revocation.LedgerFixture;

/** Keys of persons without the framework. */
public final class PersonFixture {

  private PersonFixture() {}

  public static PersonKeys keys(Database database, BranchKeys branches) {
    return new PersonKeys(new PersonKeyRepository(database), living(database, branches), branches);
  }

  static ReplacedKeys replaced(Database database, BranchKeys branches) {
    return new ReplacedKeys(
        new PersonKeyRepository(database), living(database, branches), branches);
  }

  private static LivingRows living(Database database, BranchKeys branches) {
    return new LivingRows(
        new PersonKeyRepository(database), LedgerFixture.empty(database, branches));
  }
}
