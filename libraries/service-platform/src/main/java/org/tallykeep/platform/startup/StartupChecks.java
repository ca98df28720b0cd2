package org.tallykeep.platform.startup;

import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.tallykeep.platform.startup.StartupCheck.Finding;

/** Asks every check once, before anything else starts, and stops where it must. */
@Singleton
final class StartupChecks {

  private static final Logger LOG = Logger.getLogger(StartupChecks.class);

  private final List<StartupCheck> checks;
  private final Mode mode;

  StartupChecks(
      @All List<StartupCheck> checks,
      @ConfigProperty(name = "tallykeep.mode", defaultValue = "production") Mode mode) {
    this.checks = checks;
    this.mode = mode;
  }

  void onStart(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent starting) {
    run(checks, mode, LOG::warn, LOG::error);
  }

  static void run(
      List<StartupCheck> checks, Mode mode, Consumer<String> warn, Consumer<String> error) {
    List<Finding> findings = checks.stream().flatMap(c -> c.findings().stream()).toList();
    switch (mode) {
      case LOCAL -> {
        if (!findings.isEmpty()) {
          warn.accept(
              "Local mode, not for real data: production would object to "
                  + String.join(", ", properties(findings)));
        }
      }
      case PRODUCTION -> inProduction(findings, warn, error);
    }
  }

  private static void inProduction(
      List<Finding> findings, Consumer<String> warn, Consumer<String> error) {
    for (Finding finding : findings) {
      (finding.severe() ? error : warn).accept(finding.property() + ": " + finding.message());
    }
    List<Finding> severe = findings.stream().filter(Finding::severe).toList();
    if (!severe.isEmpty()) {
      throw new ConfigurationException(
          "Refusing to start in production. Correct the settings named above"
              + " (tallykeep.mode=local is for a first look on one machine only).",
          Set.copyOf(properties(severe)));
    }
  }

  private static List<String> properties(List<Finding> findings) {
    return findings.stream().map(Finding::property).distinct().sorted().toList();
  }
}
