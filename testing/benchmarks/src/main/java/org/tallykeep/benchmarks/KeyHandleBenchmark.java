package org.tallykeep.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.tallykeep.envelope.AssociatedData;
import org.tallykeep.envelope.BlindIndexKey;
import org.tallykeep.envelope.DerivationKey;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.MacKey;
import org.tallykeep.envelope.SealingKey;
import org.tallykeep.envelope.WrappingKey;

/**
 * What a key costs beside sealing: one that is used once (a subject's), one that is wrapped, and
 * the look-up tags and manifest codes of every row.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class KeyHandleBenchmark {
  private static final KeyRef REF = new KeyRef(new UUID(1, 2), 1);
  private static final AssociatedData AD =
      AssociatedData.of("customer", new UUID(3, 4), "contact", 1);

  private final BlindIndexKey index = BlindIndexKey.takeOwnershipOf(REF, new byte[32]);
  private final MacKey manifest = MacKey.takeOwnershipOf(REF, new byte[32], "manifest");
  private final DerivationKey subject = DerivationKey.takeOwnershipOf(REF, new byte[32]);
  private final WrappingKey branch = WrappingKey.takeOwnershipOf(REF, new byte[32]);
  private final byte[] wrapped = branch.wrap(REF, "subject", new byte[33]);
  private final byte[] value = "a.customer@example.org".getBytes(StandardCharsets.UTF_8);
  private final byte[] record = onceOpenable();

  /** A handle made, used to open one record, and closed. */
  @Benchmark
  public byte[] openWithAKeyOfItsOwn() {
    try (SealingKey key = SealingKey.takeOwnershipOf(REF, new byte[32])) {
      return key.open(AD, record);
    }
  }

  /** A look-up tag. */
  @Benchmark
  public byte[] tag() {
    return index.tag("customer", "external_id", value, 0);
  }

  /** A manifest code of the usual four parts. */
  @Benchmark
  public byte[] mac() {
    return manifest.mac(value, value, value, value);
  }

  /** A purpose key. */
  @Benchmark
  public byte[] derive() {
    return subject.derive("contact");
  }

  /** A wrapped key opened. */
  @Benchmark
  public byte[] unwrap() {
    return branch.unwrap(REF, "subject", wrapped);
  }

  private static byte[] onceOpenable() {
    try (SealingKey key = SealingKey.takeOwnershipOf(REF, new byte[32])) {
      return key.seal(AD, new byte[200]);
    }
  }
}
