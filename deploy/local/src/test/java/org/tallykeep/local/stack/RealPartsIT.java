package org.tallykeep.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallykeep.local.parts.Postgres;
import org.tallykeep.local.parts.ProjectHome;
import org.tallykeep.local.parts.RunningProcess;
import org.tallykeep.local.parts.Vault;
import org.tallykeep.local.stack.StackState.Sample;

class RealPartsIT {

  @TempDir private Path directory;
  private final StringWriter printed = new StringWriter();
  private StateFolder folder;
  private StateStore store;
  private RealParts parts;

  @BeforeEach
  void makeStack() throws IOException {
    folder = new StateFolder(directory.resolve("state"));
    folder.create();
    store = StateStore.create(folder, StackState.of(freeBase(), true, Sample.NONE));
    parts = opened();
  }

  @AfterEach
  void endStack() {
    StackDown.end(store, Set.of());
  }

  @Test
  void vaultOpensItselfAgainAfterItWasEndedAndKeepsTheLogIn() throws Exception {
    parts.vault();
    Vault.Keys keys = store.secrets().vaultKeys();
    StackSecrets before = store.secrets();
    StackDown.end(store, Set.of());
    assertThat(store.state().processes()).isEmpty();

    parts = opened();
    parts.vault();

    Vault vault = new Vault(Part.VAULT.port(store.state().portBase()));
    assertThat(vault.isSealed()).isFalse();
    assertThat(store.secrets()).isEqualTo(before);
    String audit = Files.readString(folder.logs().resolve("vault-audit.log"));
    assertThat(audit)
        .contains("auth/approle")
        .doesNotContain(Objects.requireNonNull(keys).rootToken());
  }

  @Test
  void postgresKeepsItsDatabasesAndIsFoundRunning() throws Exception {
    parts.postgres();
    RunningProcess first = store.state().alive(Part.POSTGRESQL).orElseThrow();

    opened().postgres();

    assertThat(store.state().alive(Part.POSTGRESQL)).contains(first);
    assertThat(printed.toString()).contains("runs already");
    for (var database : store.secrets().databasePasswords().entrySet()) {
      String url = server().database(database.getKey(), database.getValue()).jdbcUrl();
      try (var owner = DriverManager.getConnection(url, database.getKey(), database.getValue())) {
        assertThat(server().connections()).containsEntry(owner.getCatalog(), 1);
      }
    }
  }

  @Test
  void aCrashedPostgresIsStartedAgain() {
    parts.postgres();
    RunningProcess first = store.state().alive(Part.POSTGRESQL).orElseThrow();
    first.end("KILL", Duration.ofSeconds(10));

    opened().postgres();

    assertThat(store.state().alive(Part.POSTGRESQL)).isPresent().isNotEqualTo(first);
  }

  @Test
  void aTakenPortIsToldWithAnotherToChoose() throws IOException {
    int port = Part.POSTGRESQL.port(store.state().portBase());
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(taken.isBound()).isTrue();
      assertThatThrownBy(parts::postgres)
          .hasMessageContaining("Port " + port + ", meant for PostgreSQL, is taken")
          .hasMessageContaining("--port-base");
    }
  }

  private Postgres server() {
    return new Postgres(
        Part.POSTGRESQL.port(store.state().portBase()), store.secrets().postgresPassword());
  }

  private RealParts opened() {
    store = StateStore.open(folder, folder.state().orElseThrow());
    Console console = new Console(new PrintWriter(printed, true));
    return new RealParts(
        ProjectHome.find(), folder, store, new PartStarter(store, console), console);
  }

  /** Seven ports in a row are seldom taken where one of the system's choice is free. */
  private static int freeBase() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort() - 20;
    }
  }
}
