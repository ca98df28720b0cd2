package org.tallykeep.platform.startup;

import java.util.List;

/**
 * One thing that must hold before a service starts. Produce one as a CDI bean beside the feature it
 * guards; {@link StartupChecks} asks them all.
 */
@FunctionalInterface
public interface StartupCheck {

  /** What is wrong; empty when nothing is. */
  List<Finding> findings();

  /**
   * Something that should not be so.
   *
   * @param message what is wrong and what to do, without the offending value
   * @param property the setting to change
   * @param severe whether production must not start with it
   */
  record Finding(String message, String property, boolean severe) {

    public static List<Finding> none() {
      return List.of();
    }

    public static List<Finding> severe(String property, String message) {
      return List.of(new Finding(message, property, true));
    }

    public static List<Finding> warning(String property, String message) {
      return List.of(new Finding(message, property, false));
    }
  }
}
