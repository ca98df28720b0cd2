package org.tallykeep.customer.exports;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.customer.imports.CsvOutput;
import org.tallykeep.customer.jobs.JobKey;
import org.tallykeep.customer.ledger.PurchaseExport;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.prediction.CustomerDirectory;
import org.tallykeep.customer.profile.ProfileExport;
import org.tallykeep.customer.purchaser.AnonymousIds;
import org.tallykeep.customer.purchaser.Buyer;
import org.tallykeep.customer.purchaser.Links;

/** Purchases, each under the name that its buyer has here or, portable, anywhere. */
@Singleton
final class PurchaseExports implements ExportKind {

  private static final int PAGE = 1000;

  private final PurchaseExport purchases;
  private final AnonymousIds anonymous;
  private final CustomerDirectory customers;
  private final Links links;
  private final Transactions transactions;

  PurchaseExports(
      PurchaseExport purchases,
      AnonymousIds anonymous,
      CustomerDirectory customers,
      Links links,
      Transactions transactions) {
    this.purchases = purchases;
    this.anonymous = anonymous;
    this.customers = customers;
    this.links = links;
    this.transactions = transactions;
  }

  @Override
  public String name() {
    return ExportWish.PURCHASES;
  }

  @Override
  public long count() {
    return purchases.count();
  }

  /** Whose pseudonym is renewed gets other purchase ids, too. */
  @Override
  public long moved() {
    return links.renewals();
  }

  @Override
  public CsvOutput csv() {
    return purchases.csv();
  }

  /** Of some days alone a wrong event may be there and its correction not, so none is. */
  @Override
  public Page page(ExportJob job, ExportJob.Position behind, JobKey key) {
    ExportWish.DayRange days = job.wish().days();
    PurchaseExport.Page page =
        purchases.page(
            new PurchaseExport.Place(behind.partition(), behind.id()),
            PAGE,
            new PurchaseExport.Days(days.first(), days.last(), days.all()),
            purchasers -> names(purchasers, job.wish().portable(), key));
    PurchaseExport.Place last = page.last();
    return new Page(
        page.purchases(),
        page.seen(),
        last == null ? null : new ExportJob.Position(last.partition(), last.id()));
  }

  private Map<UUID, Buyer> names(Set<UUID> purchasers, boolean portable, JobKey key) {
    Map<UUID, Buyer> names = new HashMap<>();
    anonymous
        .of(transactions, purchasers)
        .forEach((purchaser, id) -> names.put(purchaser, new Buyer.ByExternalId(id)));
    Set<UUID> others = new HashSet<>(purchasers);
    others.removeAll(names.keySet());
    customers
        .customersNow(others)
        .forEach((purchaser, customer) -> names.put(purchaser, name(customer, portable)));
    others.removeAll(names.keySet());
    // Nobody knows whose these are; they are still one buyer's each.
    others.forEach(
        purchaser ->
            names.put(purchaser, new Buyer.ByExternalId(ExportSecrets.unnamed(key, purchaser))));
    return names;
  }

  private static Buyer name(UUID customer, boolean portable) {
    return portable
        ? new Buyer.ByExternalId(ProfileExport.name(customer))
        : new Buyer.ByCustomer(customer);
  }
}
