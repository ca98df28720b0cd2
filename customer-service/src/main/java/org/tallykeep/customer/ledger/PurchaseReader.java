package org.tallykeep.customer.ledger;

import jakarta.inject.Singleton;
import org.tallykeep.customer.imports.JsonRows;
import org.tallykeep.customer.imports.RowReader;

/** From one line of JSON to a checked purchase. */
@Singleton
final class PurchaseReader implements RowReader<Purchase> {

  private final JsonRows<PurchaseRow> json = JsonRows.of(PurchaseRow.class);
  private final PurchaseChecks checks;

  PurchaseReader(PurchaseChecks checks) {
    this.checks = checks;
  }

  @Override
  public Purchase read(byte[] line) {
    return checks.check(json.read(line));
  }
}
