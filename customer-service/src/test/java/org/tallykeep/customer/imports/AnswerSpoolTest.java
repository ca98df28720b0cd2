package org.tallykeep.customer.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AnswerSpoolTest {

  @Test
  void whatNobodyReadsYetDoesNotStopTheWriterAndComesInOrder() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    AnswerSpool spool =
        AnswerSpool.to(
            new OutputStream() {
              @Override
              public void write(int octet) {
                throw new AssertionError("one by one");
              }

              @Override
              public void write(byte[] bytes, int offset, int length) throws IOException {
                await(reading);
                read.write(bytes, offset, length);
              }
            });
    byte[] all = new byte[5 << 20];
    new Random(1).nextBytes(all);
    for (int at = 0; at < all.length; at += 10_000) {
      spool.write(all, at, Math.min(10_000, all.length - at));
    }
    reading.countDown();
    spool.finish();
    assertThat(read.toByteArray()).isEqualTo(all);
  }

  @Test
  void aReaderThatKeepsUpGetsTheSame() throws Exception {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    AnswerSpool spool = AnswerSpool.to(read);
    byte[] all = new byte[1 << 20];
    new Random(2).nextBytes(all);
    for (int at = 0; at < all.length; at += 4096) {
      spool.write(all, at, 4096);
    }
    spool.write(7);
    spool.finish();
    assertThat(read.size()).isEqualTo(all.length + 1);
  }

  @Test
  void aCallerWhoIsGoneStopsTheImport() {
    AnswerSpool spool =
        AnswerSpool.to(
            new OutputStream() {
              @Override
              public void write(int octet) throws IOException {
                throw new IOException("connection reset");
              }
            });
    assertThatThrownBy(
            () -> {
              spool.write(new byte[10]);
              spool.finish();
            })
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> spool.write(new byte[10])).isInstanceOf(IOException.class);
  }

  @Test
  void aCallerWhoReadsNothingDoesNotFillTheDisk() {
    CountDownLatch never = new CountDownLatch(1);
    AnswerSpool spool =
        new AnswerSpool(
                new OutputStream() {
                  @Override
                  public void write(int octet) throws IOException {
                    await(never);
                  }
                },
                1 << 20,
                Duration.ofMillis(50))
            .started();
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                spool.write(new byte[10_000]);
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not read");
    never.countDown();
  }

  @Test
  void aCallerWhoReadsSlowlyGetsEverythingThroughASmallFile() throws Exception {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    AnswerSpool spool = new AnswerSpool(read, 400_000, Duration.ofSeconds(30)).started();
    byte[] all = new byte[8 << 20];
    new Random(3).nextBytes(all);
    for (int at = 0; at < all.length; at += 8192) {
      spool.write(all, at, 8192);
    }
    spool.finish();
    assertThat(read.toByteArray()).isEqualTo(all);
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new IOException("nobody reads");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
