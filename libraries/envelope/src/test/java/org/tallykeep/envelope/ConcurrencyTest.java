package org.tallykeep.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
  private static final int THREADS = 8;

  @Test
  void manyThreadsOnTwoKeysOpenWhatTheySealAndShareNoNonce() throws Exception {
    SealingKey[] keys = {Keys.sealing(), SealingKey.takeOwnershipOf(Keys.REF, Keys.counting(50))};
    Set<ByteBuffer> nonces = ConcurrentHashMap.newKeySet();

    onAllThreads(
        thread -> {
          for (int i = 0; i < 2_000; i++) {
            byte[] value = {(byte) thread, (byte) i};
            byte[] record = keys[i % 2].seal(Keys.AD, value);
            assertThat(keys[i % 2].open(Keys.AD, record)).isEqualTo(value);
            nonces.add(ByteBuffer.wrap(Arrays.copyOfRange(record, 22, 34)));
          }
        });

    assertThat(nonces).hasSize(THREADS * 2_000);
  }

  @Test
  void aKeyClosedInTheMiddleSealsWellOrNotAtAll() throws Exception {
    SealingKey closing = Keys.sealing();
    SealingKey staying = Keys.sealing();
    CountDownLatch running = new CountDownLatch(THREADS);

    onAllThreads(
        thread -> {
          running.countDown();
          if (thread == 0) {
            running.await();
            closing.close();
          }
          boolean closed = false;
          while (!closed) {
            try {
              byte[] record = closing.seal(Keys.AD, new byte[] {42});
              assertThat(staying.open(Keys.AD, record)).containsExactly(42);
            } catch (KeyClosedException e) {
              closed = true;
            }
          }
        });

    assertThat(closing.canSeal()).isFalse();
  }

  @Test
  void aLeaseIsNotOverspentByManyThreads() throws Exception {
    MessageLease lease = MessageLease.of(1_000);
    SealingKey key = SealingKey.takeOwnershipOf(Keys.REF, Keys.counting(0), lease);
    AtomicInteger sealed = new AtomicInteger();

    onAllThreads(
        thread -> {
          while (key.canSeal()) {
            try {
              key.seal(Keys.AD, new byte[0]);
              sealed.incrementAndGet();
            } catch (LeaseExhaustedException e) {
              assertThat(lease.remaining()).isZero();
            }
          }
        });

    assertThat(sealed).hasValue(1_000);
  }

  @Test
  void theLastUserCleansUpOnce() {
    AtomicInteger cleaned = new AtomicInteger();
    Usage usage = new Usage(cleaned::incrementAndGet);

    usage.enter();
    usage.enter();
    usage.close();
    usage.close();
    usage.leave();
    assertThat(cleaned).hasValue(0);
    assertThatThrownBy(usage::enter).isInstanceOf(KeyClosedException.class);
    usage.leave();

    assertThat(cleaned).hasValue(1);
  }

  @Test
  void closingClearsTheKeyFromThePooledCiphers() {
    WorkbenchPool pool =
        new WorkbenchPool(2, () -> new BufferedNonces(new java.security.SecureRandom()));
    KeyBytes key = KeyBytes.takeOwnershipOf(Keys.counting(0), "AES");
    Workbench bench = pool.take();
    bench.seal(key, Keys.AD, new byte[SealedRecord.lengthFor(0)]);
    pool.give(bench);
    assertThat(bench.lastUsed(key)).isTrue();

    pool.forget(key);

    assertThat(bench.lastUsed(key)).isFalse();
    assertThat(pool.take()).isSameAs(bench);
  }

  @Test
  void aDestroyedKeyIsAllZeros() {
    KeyBytes key = KeyBytes.takeOwnershipOf(Keys.counting(1), "AES");

    key.destroy();

    assertThat(key.getEncoded()).hasSize(32).containsOnly(0);
  }

  private interface Work {
    void run(int thread) throws Exception;
  }

  private static void onAllThreads(Work work) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<?>> results = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        Callable<Void> task =
            () -> {
              work.run(thread);
              return null;
            };
        results.add(threads.submit(task));
      }
      for (Future<?> result : results) {
        result.get();
      }
    }
  }
}
