package org.tallykeep.customer.rekey;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Rows sealed under keys of one kind. */
public interface Resealed {

  /** Of which kind these keys are: {@code subject} or {@code pseudonym}. */
  String kind();

  /**
   * Seals everything under these keys anew, in transactions of its own; what is done stays done,
   * and doing it again changes nothing.
   */
  Result reseal(List<Rekey> keys);

  /**
   * What became of the keys; of those in neither set something is left as it was.
   *
   * @param sealed keys of which everything is under the newer version
   * @param absent keys of which there is nothing here
   */
  record Result(Set<UUID> sealed, Set<UUID> absent) {}
}
