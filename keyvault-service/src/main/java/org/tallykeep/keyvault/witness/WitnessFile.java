package org.tallykeep.keyvault.witness;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.tallykeep.evidence.Witness;

/**
 * The newest signed statements of this replica, copied out every minute. Several replicas may write
 * to one file: each replaces it whole, and none of them is ever behind by more than a minute.
 */
@Singleton
public final class WitnessFile {

  private static final Logger LOG = Logger.getLogger(WitnessFile.class);

  private final Optional<Path> path;
  private @Nullable String ledgerHead;
  private @Nullable String checkpoint;
  private boolean changed;

  WitnessFile(WitnessConfig config) {
    this.path = config.path().map(Path::toAbsolutePath);
  }

  /** What the file remembers; nothing where there is none yet. */
  public Witness remembered() {
    if (path.isEmpty()) {
      return new Witness(null, null);
    }
    try {
      return Witness.parse(Files.readString(path.get()));
    } catch (NoSuchFileException e) {
      return new Witness(null, null);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read tallykeep.witness.path: is it there, and readable by the key service?", e);
    }
  }

  /** The ledger came so far. */
  public synchronized void ledgerHead(String signed) {
    ledgerHead = signed;
    changed = true;
  }

  /** The audit came so far. */
  public synchronized void checkpoint(String signed) {
    checkpoint = signed;
    changed = true;
  }

  void onStop(@Observes ShutdownEvent stopping) {
    write();
  }

  /** Now, and otherwise every minute. */
  @Scheduled(every = "1m", delayed = "1m")
  public synchronized void write() {
    if (path.isEmpty() || !changed) {
      return;
    }
    try {
      Witness before = remembered();
      String next =
          new Witness(
                  ledgerHead == null ? before.ledgerHead() : ledgerHead,
                  checkpoint == null ? before.checkpoint() : checkpoint)
              .toJson();
      Path file = path.get();
      Path draft = Files.createTempFile(Objects.requireNonNull(file.getParent()), ".witness", "");
      try {
        Files.writeString(draft, next);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(draft);
      }
      changed = false;
    } catch (IOException | RuntimeException e) {
      // Tried again in a minute: the ledger and the audit go on without it.
      LOG.errorf("The witness cannot be written: %s", e.getClass().getName());
    }
  }
}
