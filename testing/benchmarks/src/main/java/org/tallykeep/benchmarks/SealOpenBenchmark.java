package org.tallykeep.benchmarks;

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
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.SealedRecord;
import org.tallykeep.envelope.SealingKey;

/**
 * Seals and opens a value of 200 bytes, beside a bare JCA loop on the same padded size (256 bytes)
 * with as many bytes of associated data. The envelope's side includes what every caller does: it
 * makes the associated data of each record anew.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 10, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 20, time = 100, timeUnit = TimeUnit.MILLISECONDS)
public class SealOpenBenchmark {
  static final int VALUE_LENGTH = 200;
  private static final int TAG_LENGTH = 16;
  private static final int BLOCK = 128;
  private static final String KIND = "purchase_history";
  private static final String FIELD = "aggregate";

  /** Header 66 bytes; four length prefixes; kind, record id, field, revision. */
  private static final int AD_LENGTH =
      SealedRecord.HEADER_LENGTH + 4 * 2 + KIND.length() + 16 + FIELD.length() + 8;

  private final UUID recordId = new UUID(0x0123456789abcdefL, 0x8123456789abcdefL);
  private final byte[] value = new byte[VALUE_LENGTH];
  private final byte[] ad = new byte[AD_LENGTH];
  private final byte[] padded =
      new byte[SealedRecord.lengthFor(VALUE_LENGTH) - SealedRecord.HEADER_LENGTH - TAG_LENGTH];
  private final SealingKey key;
  private final BareGcm bare;
  private final BareGcm bareUnbuffered;
  private final byte[] sealed;
  private final byte[] bareSealed;

  /** Makes keys and one record of each kind. */
  public SealOpenBenchmark() {
    key = SealingKey.takeOwnershipOf(new KeyRef(new UUID(1, 2), 1), new byte[32]);
    bare = new BareGcm(new byte[32], BLOCK);
    bareUnbuffered = new BareGcm(new byte[32], 1);
    sealed = key.seal(associatedData(), value);
    bareSealed = bare.seal(ad, padded);
  }

  /** The envelope seals. */
  @Benchmark
  public byte[] seal() {
    return key.seal(associatedData(), value);
  }

  /** The bare loop seals, its nonces drawn in blocks as the envelope's are. */
  @Benchmark
  public byte[] sealBare() {
    return bare.seal(ad, padded);
  }

  /** The bare loop seals, drawing every nonce by itself. */
  @Benchmark
  public byte[] sealBareUnbuffered() {
    return bareUnbuffered.seal(ad, padded);
  }

  /** The envelope opens. */
  @Benchmark
  public byte[] open() {
    return key.open(associatedData(), sealed);
  }

  /** The bare loop opens. */
  @Benchmark
  public byte[] openBare() {
    return bare.open(ad, bareSealed);
  }

  private AssociatedData associatedData() {
    return AssociatedData.of(KIND, recordId, FIELD, 42);
  }
}
