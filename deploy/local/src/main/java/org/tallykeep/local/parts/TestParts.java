package org.tallykeep.local.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Real PostgreSQL, Keycloak and Vault for the tests of this program: those that the file named in
 * {@code TALLYKEEP_TEST_PARTS} describes, else its own, started at the first call and ended with
 * the JVM.
 */
public final class TestParts {

  private final ProjectHome home;
  private final PartsFile parts;
  private @Nullable PartsSet own;
  private @Nullable KeyServiceProcess keyService;

  private TestParts(ProjectHome home, PartsFile parts, @Nullable PartsSet own) {
    this.home = home;
    this.parts = parts;
    this.own = own;
  }

  public static TestParts get() {
    return Once.INSTANCE;
  }

  public TestPostgres postgres() {
    return new TestPostgres(new Postgres(parts.postgresPort(), parts.postgresPassword()));
  }

  public TestKeycloak keycloak() {
    return new TestKeycloak(
        new Keycloak(parts.keycloakPort()), parts.clientSecrets(), parts.userPasswords());
  }

  public TestVault vault() {
    Vault.Keys keys = new Vault.Keys(parts.vaultUnsealKey(), parts.vaultRootToken());
    return new TestVault(new Vault(parts.vaultPort()), keys, home);
  }

  /** A Vault of one's own, to be sealed and opened without disturbing anybody. */
  public synchronized TestVault newVault() {
    return ownSet().startVault("vault-" + System.nanoTime());
  }

  /** A key service as its packaged jar, with a local root key; started at the first call. */
  public synchronized KeyServiceProcess keyService() {
    if (keyService == null) {
      PartsSet set = ownSet();
      KeyServiceProcess started =
          KeyServiceProcess.start(
              home, set.log("keyvault-service"), postgres().newDatabase("keyvault"), keycloak());
      set.alsoEnd(started::close);
      keyService = started;
    }
    return keyService;
  }

  private PartsSet ownSet() {
    if (own == null) {
      own = endWithThisProgram(PartsSet.empty(temporaryDirectory(), home));
    }
    return own;
  }

  private static TestParts startOrAttach() {
    ProjectHome home = ProjectHome.find();
    String file = System.getenv(PartsFile.VARIABLE);
    if (file != null && !file.isBlank()) {
      return new TestParts(home, PartsFile.read(Path.of(file)), null);
    }
    PartsSet.Started started = PartsSet.start(temporaryDirectory(), home);
    return new TestParts(home, started.description(), endWithThisProgram(started.set()));
  }

  private static PartsSet endWithThisProgram(PartsSet set) {
    Runtime.getRuntime().addShutdownHook(new Thread(set::close, "end test parts"));
    return set;
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("tallykeep-parts-");
    } catch (IOException e) {
      throw new UncheckedIOException("No temporary folder", e);
    }
  }

  private static final class Once {
    private static final TestParts INSTANCE = startOrAttach();
  }
}
