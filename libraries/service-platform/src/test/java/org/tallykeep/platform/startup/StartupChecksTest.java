package org.tallykeep.platform.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tallykeep.platform.startup.StartupCheck.Finding;

class StartupChecksTest {

  private final List<String> warnings = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();

  private static final StartupCheck FINE = Finding::none;
  private static final StartupCheck ODD = () -> Finding.warning("a.odd", "odd");
  private static final StartupCheck BAD = () -> Finding.severe("a.bad", "bad");
  private static final StartupCheck WORSE = () -> Finding.severe("a.worse", "worse");

  @Test
  void productionNamesEverySevereFindingAndDoesNotStart() {
    assertThatThrownBy(() -> run(Mode.PRODUCTION, FINE, ODD, BAD, WORSE))
        .isInstanceOf(ConfigurationException.class);
    assertThat(errors).containsExactly("a.bad: bad", "a.worse: worse");
    assertThat(warnings).containsExactly("a.odd: odd");
  }

  @Test
  void productionStartsWithAWarning() {
    assertThatCode(() -> run(Mode.PRODUCTION, FINE, ODD)).doesNotThrowAnyException();
    assertThat(warnings).hasSize(1);
  }

  @Test
  void localModeSaysAllInOneLine() {
    run(Mode.LOCAL, BAD, ODD, WORSE);
    assertThat(warnings).singleElement().asString().contains("a.bad, a.odd, a.worse");
    assertThat(errors).isEmpty();
  }

  @Test
  void nothingFoundIsNothingSaid() {
    run(Mode.LOCAL, FINE);
    run(Mode.PRODUCTION, FINE);
    assertThat(warnings).isEmpty();
  }

  private void run(Mode mode, StartupCheck... checks) {
    StartupChecks.run(List.of(checks), mode, warnings::add, errors::add);
  }
}
