package org.tallykeep.keyvault.root;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.Supplier;

/** Counts and times the calls to the root key: they are few, and should stay so. */
final class MeteredRoot implements RootKey {

  private static final String METER = "tallykeep.root.calls";

  private final RootKey root;
  private final MeterRegistry meters;

  MeteredRoot(RootKey root, MeterRegistry meters) {
    this.root = root;
    this.meters = meters;
  }

  @Override
  public List<byte[]> wrap(List<BranchBytes> keys) {
    return timed("wrap", () -> root.wrap(keys));
  }

  @Override
  public List<byte[]> unwrap(List<BranchBytes> wrapped) {
    return timed("unwrap", () -> root.unwrap(wrapped));
  }

  @Override
  public int versionOf(byte[] wrapped) {
    return root.versionOf(wrapped);
  }

  @Override
  public int newestVersion() {
    return timed("newest-version", root::newestVersion);
  }

  @Override
  public NavigableMap<Integer, Instant> madeAt() {
    return timed("made-at", root::madeAt);
  }

  @Override
  public int rotate() {
    return timed("rotate", root::rotate);
  }

  @Override
  public void wrapFrom(int version) {
    timed("wrap-from", () -> done(() -> root.wrapFrom(version)));
  }

  @Override
  public void retireBefore(int version) {
    timed("retire", () -> done(() -> root.retireBefore(version)));
  }

  private static boolean done(Runnable call) {
    call.run();
    return true;
  }

  private <T> T timed(String operation, Supplier<T> call) {
    Timer.Sample sample = Timer.start(meters);
    String outcome = "failed";
    try {
      T result = call.get();
      outcome = "ok";
      return result;
    } finally {
      sample.stop(meters.timer(METER, "operation", operation, "outcome", outcome));
    }
  }
}
