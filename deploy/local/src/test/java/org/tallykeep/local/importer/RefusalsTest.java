package org.tallykeep.local.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusalsTest {

  @Test
  void theCommonestReasonsAreSaidWithALineToLookAt(@TempDir Path state) throws Exception {
    try (Refusals refusals = new Refusals(state, Path.of("file.csv"), Clock.systemUTC())) {
      refusals.add(7, new RowRefusal("amount", "is negative"));
      refusals.add(9, new RowRefusal("day", "is no day"));
      refusals.add(12, new RowRefusal("day", "is no day, \"either\""));

      assertThat(refusals.commonest(1))
          .containsExactly("2 refused as day, first in line 9: is no day");
      assertThat(refusals.commonest(3)).hasSize(2);
      refusals.close();
      assertThat(Files.readString(refusals.file().orElseThrow()))
          .isEqualTo(
              """
              line,code,reason
              7,amount,"is negative"
              9,day,"is no day"
              12,day,"is no day, ""either""\"
              """);
    }
  }
}
