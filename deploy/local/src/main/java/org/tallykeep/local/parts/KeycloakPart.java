package org.tallykeep.local.parts;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A Keycloak server of one's own with its own data folder. The Java program is started directly:
 * Keycloak's script would stay in between, and its process id is not the server's.
 */
public record KeycloakPart(Path data, Path logFile, int port) {

  private static final Duration START = Duration.ofSeconds(120);
  private static final Duration STOP = Duration.ofSeconds(20);

  /** Its distribution, fetched and built the first time, which may take minutes. */
  public static Path program() {
    return KeycloakDistribution.built(Cache.ofThisUser());
  }

  public Starting start(String adminPassword) {
    Path home = program();
    Map<String, String> environment = new HashMap<>();
    environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", Keycloak.ADMIN);
    environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", adminPassword);
    return new Launch("Keycloak", command(home), environment, logFile)
        .start(START, () -> Http.answers("http://127.0.0.1:" + port + "/realms/master"));
  }

  public static void stop(RunningProcess process) {
    process.end(STOP);
  }

  private List<String> command(Path home) {
    List<String> command = new ArrayList<>();
    command.add(Commands.java());
    command.addAll(List.of("-Xms64m", "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    for (String opened : List.of("util", "util.concurrent", "security", "lang")) {
      command.add("--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
    }
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-Dkc.home.dir=" + home,
            "-Djboss.server.config.dir=" + home.resolve("conf"),
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
            "-Duser.language=en",
            "-Duser.country=US",
            "-cp",
            home.resolve("lib/quarkus-run.jar").toString(),
            "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
            "start",
            "--optimized",
            "--http-enabled=true",
            "--http-host=127.0.0.1",
            "--http-port=" + port,
            "--hostname=http://127.0.0.1:" + port,
            "--cache=local",
            // The same file must not be opened twice; NON_KEYWORDS is what Keycloak's schema needs.
            "--db-url=jdbc:h2:file:"
                + data.toAbsolutePath().resolve("keycloak")
                + ";NON_KEYWORDS=VALUE;DB_CLOSE_ON_EXIT=0"));
    return command;
  }
}
