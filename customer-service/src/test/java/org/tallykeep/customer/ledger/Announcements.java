package org.tallykeep.customer.ledger;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what would be announced to observers. */
record Announcements(AtomicInteger count) implements Event<PurchasesAccepted> {

  @Override
  public void fire(PurchasesAccepted event) {
    count.addAndGet(event.count());
  }

  @Override
  public <U extends PurchasesAccepted> CompletionStage<U> fireAsync(U event) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <U extends PurchasesAccepted> CompletionStage<U> fireAsync(
      U event, NotificationOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Event<PurchasesAccepted> select(Annotation... qualifiers) {
    return this;
  }

  @Override
  public <U extends PurchasesAccepted> Event<U> select(Class<U> subtype, Annotation... qualifiers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <U extends PurchasesAccepted> Event<U> select(
      TypeLiteral<U> subtype, Annotation... qualifiers) {
    throw new UnsupportedOperationException();
  }
}
