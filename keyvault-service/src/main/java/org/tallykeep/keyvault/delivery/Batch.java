package org.tallykeep.keyvault.delivery;

import java.util.List;
import org.tallykeep.keyvault.platform.Refusal;

/** How much one request may ask for. */
public final class Batch {

  static final int LARGEST = 1_000;

  private Batch() {}

  static void check(int size) {
    if (size > LARGEST) {
      throw new Refusal.BatchTooLarge(LARGEST);
    }
    if (size < 1) {
      throw new Refusal.Meaningless("Ask for at least one.");
    }
  }

  public static void check(List<?> items) {
    check(items.size());
  }
}
