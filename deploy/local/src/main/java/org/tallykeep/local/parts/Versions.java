package org.tallykeep.local.parts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Versions of the parts, as the parent POM names them. */
final class Versions {

  private Versions() {}

  static String keycloak() {
    try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("keycloak");
    } catch (IOException e) {
      throw new UncheckedIOException("versions.properties is not in the jar", e);
    }
  }
}
