package org.tallykeep.local.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ProgressLineTest {

  private final StringWriter text = new StringWriter();
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void plainOutputIsALineEveryFiveSecondsWithRateAndTimeLeft() {
    ProgressLine progress = line(false);

    progress.add(100, 0);
    nanos.addAndGet(5_000_000_000L);
    progress.add(900, 2);

    assertThat(text.toString().lines())
        .containsExactly("1,000 of 20,000 rows (5 %), 200 a second, 1 min 35 s left, 2 refused");
  }

  @Test
  void aTerminalSeesOneLineThatIsWrittenOver() {
    ProgressLine progress = line(true);

    for (int i = 0; i < 4; i++) {
      nanos.addAndGet(1_000_000_000L);
      progress.add(5_000, 0);
    }
    progress.finish();

    assertThat(text.toString().lines().filter(l -> !l.isBlank()).count()).isEqualTo(5);
    assertThat(text.toString())
        .contains("\r[############............]")
        .endsWith(
            "\r[########################] 20,000 of 20,000 rows (100 %), 5,000 a second, 0"
                + " refused\u001b[K"
                + System.lineSeparator());
  }

  @Test
  void theFirstRowsMakeNoForecast() {
    ProgressLine progress = line(false);

    nanos.addAndGet(5_000_000_000L);
    progress.add(199, 0);

    assertThat(text.toString()).startsWith("199 of 20,000 rows").doesNotContain("left");
  }

  @Test
  void anEmptyFileIsDoneAtOnce() {
    new ProgressLine(new PrintWriter(text), false, "rows", 0, nanos::get).finish();

    assertThat(text.toString()).startsWith("0 of 0 rows (100 %)");
  }

  private ProgressLine line(boolean terminal) {
    return new ProgressLine(new PrintWriter(text), terminal, "rows", 20_000, nanos::get);
  }
}
