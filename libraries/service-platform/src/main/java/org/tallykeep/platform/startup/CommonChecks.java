package org.tallykeep.platform.startup;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.tallykeep.platform.startup.StartupCheck.Finding;

/** What no service may do in production. */
final class CommonChecks {

  private static final String ISSUER = "quarkus.oidc.auth-server-url";
  private static final List<String> SERVICES =
      List.of("tallykeep.keyvault.url", "tallykeep.customer.url", "tallykeep.analytics.url");
  private static final String CLIENT_SECRET = "quarkus.oidc.credentials.secret";
  private static final String DATABASE_USER = "quarkus.datasource.username";
  private static final String DATABASE_PASSWORD = "quarkus.datasource.password";

  @Produces
  @Singleton
  StartupCheck issuerIsEncrypted(Config config) {
    return () ->
        value(config, ISSUER)
            .map(url -> encrypted(ISSUER, url, "whoever listens can steal or forge tokens"))
            .orElseGet(() -> Finding.severe(ISSUER, "no issuer of tokens is set: set its URL"));
  }

  @Produces
  @Singleton
  StartupCheck servicesAreEncrypted(Config config) {
    return () ->
        SERVICES.stream()
            .flatMap(
                property ->
                    value(config, property).stream()
                        .flatMap(
                            url ->
                                encrypted(
                                    property, url, "keys and tokens would travel in the clear")
                                    .stream()))
            .toList();
  }

  @Produces
  @Singleton
  StartupCheck clientSecretIsStrong(Config config) {
    return () -> strong(config, CLIENT_SECRET, "quarkus.oidc.client-id");
  }

  @Produces
  @Singleton
  StartupCheck databasePasswordIsStrong(Config config) {
    return () ->
        value(config, DATABASE_USER).isEmpty()
            ? Finding.none()
            : strong(config, DATABASE_PASSWORD, DATABASE_USER);
  }

  private static List<Finding> encrypted(String property, String url, String danger) {
    return url.toLowerCase(Locale.ROOT).startsWith("https://")
        ? Finding.none()
        : Finding.severe(property, "not https: " + danger);
  }

  private static List<Finding> strong(Config config, String property, String ownerProperty) {
    String secret = value(config, property).orElse("");
    boolean sameAsOwner = value(config, ownerProperty).filter(secret::equals).isPresent();
    return sameAsOwner
        ? Finding.severe(property, "the secret is the name it belongs to: generate one")
        : WeakSecret.why(secret).map(why -> Finding.severe(property, why)).orElse(Finding.none());
  }

  private static Optional<String> value(Config config, String property) {
    return config.getOptionalValue(property, String.class).filter(v -> !v.isBlank());
  }
}
