package org.tallykeep.platform.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallykeep.platform.startup.StartupCheck.Finding;

class CommonChecksTest {

  private static final String STRONG = "p7Wq-0aZt_XkL3vBn9Rs";
  private static final Map<String, String> SOUND =
      Map.of(
          "quarkus.oidc.auth-server-url", "https://id.example/realms/tallykeep",
          "quarkus.oidc.client-id", "customer-service",
          "quarkus.oidc.credentials.secret", STRONG,
          "quarkus.datasource.username", "customer",
          "quarkus.datasource.password", STRONG,
          "tallykeep.keyvault.url", "https://keys.example");

  @Test
  void aSoundConfigurationHasNoFindings() {
    assertThat(findings(SOUND)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "quarkus.oidc.auth-server-url, http://id.example/realms/tallykeep",
    "quarkus.oidc.auth-server-url, ''",
    "tallykeep.keyvault.url, http://keys.example",
    "tallykeep.analytics.url, HTTP://keys.example",
    "quarkus.oidc.credentials.secret, ''",
    "quarkus.oidc.credentials.secret, customer-service",
    "quarkus.datasource.password, customer",
    "quarkus.datasource.password, postgres",
  })
  void oneWrongSettingIsOneSevereFindingThatDoesNotShowIt(String property, String value) {
    Map<String, String> settings = new HashMap<>(SOUND);
    settings.put(property, value);

    assertThat(findings(settings))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.property()).isEqualTo(property);
              assertThat(finding.severe()).isTrue();
              if (property.contains("secret") && !value.isEmpty()) {
                assertThat(finding.message()).doesNotContain(value);
              }
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "changeme",
        "Password123456789",
        "secret-secret-secret",
        "changeme-changeme-1",
        "0123456789abcde",
        "aaaaaaaaaaaaaaaaaaaaaaaa",
        "ababababababababababababab"
      })
  void weakSecretsAreRecognised(String secret) {
    assertThat(WeakSecret.why(secret)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {STRONG, "correct horse battery staple", "3f9c0b1e7a5d4c2f8e6b"})
  void strongSecretsPass(String secret) {
    assertThat(WeakSecret.why(secret)).isEmpty();
  }

  private static List<Finding> findings(Map<String, String> settings) {
    Config config =
        new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(settings, "test", 100))
            .build();
    CommonChecks checks = new CommonChecks();
    return List.of(
            checks.issuerIsEncrypted(config),
            checks.servicesAreEncrypted(config),
            checks.clientSecretIsStrong(config),
            checks.databasePasswordIsStrong(config))
        .stream()
        .flatMap(check -> check.findings().stream())
        .toList();
  }
}
