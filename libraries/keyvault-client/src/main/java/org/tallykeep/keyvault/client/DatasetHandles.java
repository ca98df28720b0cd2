package org.tallykeep.keyvault.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.keyvault.client.cache.CurrentHandle;
import org.tallykeep.keyvault.client.cache.Lifetimes;
import org.tallykeep.keyvault.client.cache.Retirement;
import org.tallykeep.keyvault.client.transport.KeyService;
import org.tallykeep.keyvault.client.transport.Wire.DatasetKey;
import org.tallykeep.keyvault.client.transport.Wire.Lease;

/**
 * The keys of one data set: the current version, and every live version by its name.
 *
 * @param <H> what the current key is used as
 * @param <O> what older keys are used as
 */
final class DatasetHandles<H extends AutoCloseable, O extends AutoCloseable> {

  /** A name unknown to the key service, such as a forged one, asks at most once in this time. */
  private static final Duration BETWEEN_LOADS = Duration.ofSeconds(1);

  private final InstantSource clock;
  private final CurrentHandle<Current<H>> current;
  private final CurrentHandle<Versions<O>> versions;

  /** The current handle and what it may still do. */
  private record Current<H extends AutoCloseable>(H handle, Reserve reserve)
      implements AutoCloseable {
    @Override
    public void close() throws Exception {
      handle.close();
    }
  }

  /** All live versions, as they were at one moment. */
  private record Versions<O extends AutoCloseable>(Map<KeyRef, O> handles, Instant loaded)
      implements AutoCloseable {
    Optional<O> find(Predicate<KeyRef> which) {
      return handles.entrySet().stream()
          .filter(each -> which.test(each.getKey()))
          .map(Map.Entry::getValue)
          .findFirst();
    }

    @Override
    public void close() throws Exception {
      for (O handle : handles.values()) {
        handle.close();
      }
    }
  }

  DatasetHandles(
      KeyService service,
      DatasetPurpose purpose,
      Surroundings around,
      LeaseSizes sizes,
      BiFunction<Lease, Reserve, H> use,
      Function<DatasetKey, O> open) {
    this.clock = around.clock();
    this.current =
        around.current(
            () -> {
              Lease lease = service.lease(purpose.wireName(), sizes.next());
              Reserve reserve = sizes.granted(lease.messages());
              return new Current<>(use.apply(lease, reserve), reserve);
            },
            held -> held.reserve().isEnough());
    this.versions =
        around.current(
            () ->
                new Versions<>(
                    service.datasetKeys(purpose.wireName()).keys().stream()
                        .collect(Collectors.toMap(DatasetKey::ref, open)),
                    clock.instant()),
            held -> true);
  }

  /** Clock, ages and the way out, alike for all data sets. */
  record Surroundings(InstantSource clock, Lifetimes lifetimes, Retirement retirement) {
    <T extends AutoCloseable> CurrentHandle<T> current(
        java.util.function.Supplier<T> renew, Predicate<T> hasReserve) {
      return new CurrentHandle<>(clock, lifetimes, retirement, renew, hasReserve);
    }
  }

  H current() {
    return current.get().handle();
  }

  O of(KeyRef ref) {
    return find(ref::equals, BETWEEN_LOADS);
  }

  /** A version that the caller knows to be there, not by a name that anybody could have written. */
  O of(int version) {
    return find(ref -> ref.version() == version, Duration.ZERO);
  }

  private O find(Predicate<KeyRef> which, Duration betweenLoads) {
    Versions<O> known = versions.get();
    Optional<O> handle = known.find(which);
    if (handle.isEmpty() && !clock.instant().isBefore(known.loaded().plus(betweenLoads))) {
      // A version made since, by a turnover that another service has already seen.
      versions.expire();
      handle = versions.get().find(which);
    }
    return handle.orElseThrow(KeyNotKnownException::new);
  }

  void sweep() {
    current.sweep();
    versions.sweep();
  }

  void clear() {
    current.expire();
    versions.expire();
  }
}
