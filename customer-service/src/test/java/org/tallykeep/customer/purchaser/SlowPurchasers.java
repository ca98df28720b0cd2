package org.tallykeep.customer.purchaser;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** Something happens once, when buyers were resolved. */
public final class SlowPurchasers implements Purchasers {
  private final Purchasers real;
  private final AtomicReference<Runnable> once;

  public SlowPurchasers(Purchasers real, Runnable once) {
    this.real = real;
    this.once = new AtomicReference<>(once);
  }

  @Override
  public List<Optional<UUID>> resolve(List<Buyer> buyers) {
    List<Optional<UUID>> resolved = real.resolve(buyers);
    once.getAndSet(() -> {}).run();
    return resolved;
  }

  @Override
  public long seen() {
    return real.seen();
  }

  @Override
  public Map<UUID, UUID> current(Connection connection, long seen, Collection<UUID> purchasers)
      throws SQLException {
    return real.current(connection, seen, purchasers);
  }
}
