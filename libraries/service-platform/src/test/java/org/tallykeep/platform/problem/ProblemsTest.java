package org.tallykeep.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemsTest {

  @ParameterizedTest
  @NullSource // the connection pool's own refusals have no state
  @ValueSource(strings = {"08006", "40001", "53100", "53300", "57P01", "57P03", "25006"})
  void aDatabaseThatIsAwayIsA503WithATimeToTryAgain(@Nullable String sqlState) {
    Problem problem =
        Problems.of(new IllegalStateException(new SQLException("no detail", sqlState)));

    assertThat(problem.kind().status()).isEqualTo(503);
    assertThat(problem.kind().type()).endsWith("database-unavailable");
    assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void aStatementThatTheDatabaseRefusesIsAnIncidentOfOurs() {
    Problem problem = Problems.of(new SQLException("syntax error", "42601"));

    assertThat(problem.kind().status()).isEqualTo(500);
    assertThat(problem.extras()).containsKey("incident");
  }
}
