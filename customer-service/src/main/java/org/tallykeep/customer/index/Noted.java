package org.tallykeep.customer.index;

import java.util.function.BooleanSupplier;

/** Tells the key service now and then how far a rotation is. */
final class Noted implements Reindexed.Count {

  private static final long EVERY = 50_000;

  private final KeyServiceIndex keyService;
  private final KeyServiceIndex.Asked asked;
  private final BooleanSupplier stopping;
  private final long total;
  private long done;
  private long told;

  Noted(
      KeyServiceIndex keyService,
      KeyServiceIndex.Asked asked,
      BooleanSupplier stopping,
      long done,
      long total) {
    this.keyService = keyService;
    this.asked = asked;
    this.stopping = stopping;
    this.done = done;
    this.total = total;
  }

  @Override
  public void add(long rows) {
    if (stopping.getAsBoolean()) {
      throw new IllegalStateException("the service is stopping");
    }
    done += rows;
    if (done - told >= EVERY) {
      tell();
    }
  }

  void tell() {
    told = done;
    keyService.note(asked.id(), new KeyServiceIndex.Retagged(done, Math.max(done, total)));
  }
}
