package org.tallykeep.customer.ledger;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.tallykeep.customer.imports.ImportKind;
import org.tallykeep.customer.imports.NewIds;
import org.tallykeep.customer.imports.RowAnswer;
import org.tallykeep.customer.imports.RowFormat;

/** Purchases in bulk. */
@Singleton
final class PurchaseImports implements ImportKind<Purchase> {

  private final PurchaseReader reader;
  private final Ledger ledger;

  PurchaseImports(PurchaseReader reader, Ledger ledger) {
    this.reader = reader;
    this.ledger = ledger;
  }

  @Override
  public String name() {
    return "purchases";
  }

  @Override
  public RowFormat<Purchase> ndjson() {
    return RowFormat.lines(reader);
  }

  @Override
  public RowFormat<Purchase> csv() {
    return RowFormat.csv(new PurchaseCsv(), reader);
  }

  @Override
  public Set<String> fieldNames() {
    return PurchaseRow.FIELDS;
  }

  @Override
  public List<RowAnswer> take(List<Purchase> purchases, NewIds ids, String sender) {
    return ledger.take(purchases, ids);
  }
}
