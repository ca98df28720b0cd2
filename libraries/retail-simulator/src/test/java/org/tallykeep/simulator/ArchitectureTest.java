package org.tallykeep.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.concurrent.ThreadLocalRandom;

@AnalyzeClasses(
    packages = "org.tallykeep.simulator",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule noFramework =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("org.tallykeep.simulator", "java..", "org.jspecify..");

  /** The platform's own mathematics may differ in the last bit from machine to machine. */
  @ArchTest
  static final ArchRule sameBytesEverywhere =
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(
              Math.class,
              java.time.Clock.class,
              java.util.Random.class,
              java.security.SecureRandom.class,
              ThreadLocalRandom.class);
}
