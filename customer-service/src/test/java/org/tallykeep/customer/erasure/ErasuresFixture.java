package org.tallykeep.customer.erasure;

import java.util.Map;
import java.util.UUID;
import org.tallykeep.customer.aggregate.HistoriesFixture;
import org.tallykeep.customer.imports.RowAnswer;
import org.tallykeep.customer.platform.DatabaseException;
import org.tallykeep.customer.platform.FaultyDatabase;
import org.tallykeep.customer.platform.LocalKeys;

/** Customers who buy and are erased, for the tests of others. */
public final class ErasuresFixture {

  private final TestErasures parts = new TestErasures();

  public FaultyDatabase database() {
    return parts.database;
  }

  public LocalKeys keys() {
    return parts.keys;
  }

  public HistoriesFixture histories() {
    return parts.histories;
  }

  public UUID signUp(String name) {
    return parts.signUp(name);
  }

  public UUID purchaserOf(UUID customer) {
    return parts.purchaserOf(customer);
  }

  public RowAnswer buy(String externalId, String event, int day) {
    return parts.buy(externalId, event, day).getFirst();
  }

  public void sever(UUID customer) {
    parts.erase(customer, Mode.SEVER);
  }

  public void purge(UUID customer) {
    parts.erase(customer, Mode.PURGE);
  }

  /** Dies when the erasure is begun. */
  public void beginToSever(UUID customer) {
    for (int step = 0; parts.rows("erasure") == 0; step++) {
      parts.database.failAt(step);
      try {
        parts.erase(customer, Mode.SEVER);
      } catch (DatabaseException e) {
        // Begun, or not yet.
      }
      parts.database.stillToFail();
    }
  }

  public void goOn() {
    parts.loop.goOn();
  }

  /** Both keys are destroyed, and the database knows nothing of it. */
  public void setBackAfterSevering(UUID customer) {
    UUID pseudonym = parts.purchaserOf(customer);
    UUID pseudonymKey = parts.pseudonymKeyOf(pseudonym);
    UUID key = parts.customers.erasure.keyOf(customer).orElseThrow();
    parts.revocations.destroy(Revocations.Kind.SUBJECT, key, Mode.SEVER, null);
    parts.revocations.destroy(Revocations.Kind.PSEUDONYM, pseudonymKey, Mode.SEVER, null);
  }

  /** As {@link #setBackAfterSevering}, to before everybody got the pseudonym that was erased. */
  public void setBackToBeforeARenewal(UUID customer) {
    UUID key = parts.customers.erasure.keyOf(customer).orElseThrow();
    parts.revocations.destroy(Revocations.Kind.SUBJECT, key, Mode.PURGE, null);
  }

  public Map<String, Long> replay() {
    return parts.replay.run();
  }

  public Map<String, Long> leftOf(UUID purchaser) {
    return parts.leftOf(purchaser);
  }

  public long rows(String table) {
    return parts.rows(table);
  }
}
