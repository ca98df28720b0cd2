package org.tallykeep.customer.jobs;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.imports.ImportExchange;
import org.tallykeep.customer.imports.ImportKind;
import org.tallykeep.customer.platform.Caller;
import org.tallykeep.customer.platform.Refusal;

/** Makes jobs of what callers send. */
@Singleton
final class Uploads {

  private static final int LONGEST_NAME = 200;

  private final Staging staging;
  private final Repetitions repetitions;
  private final List<ImportKind<?>> kinds;
  private final Caller caller;
  private final JobLoop loop;

  Uploads(
      Staging staging,
      Repetitions repetitions,
      @All List<ImportKind<?>> kinds,
      Caller caller,
      JobLoop loop) {
    this.staging = staging;
    this.repetitions = repetitions;
    this.kinds = kinds;
    this.caller = caller;
    this.loop = loop;
  }

  /** The job of this body, or of the one that came before under the same name. */
  UUID take(@Nullable String kindName, boolean csv, @Nullable String repetition, InputStream body) {
    ImportExchange.takePlace();
    try {
      ImportKind<?> kind = kind(kindName);
      Optional<byte[]> tag = Optional.ofNullable(repetition).map(this::tag);
      Staging.Upload upload = new Staging.Upload(kind.name(), csv, kind.format(csv), sender(), tag);
      Staging.Staged staged = staged(upload, body);
      requireSame(upload, staged);
      loop.announce();
      return staged.job().id();
    } catch (Refusal e) {
      // A caller still sending would never come to read the answer.
      ImportExchange.drain(body);
      throw e;
    } finally {
      ImportExchange.givePlace();
    }
  }

  private Staging.Sender sender() {
    return new Staging.Sender(caller.name(), repetitions.ownerTag(caller.clientAndName()));
  }

  /** Under one name there is one body, as what it was sent. */
  private void requireSame(Staging.Upload upload, Staging.Staged staged) {
    boolean same =
        staged.job().kind().equals(upload.kind())
            && staged.job().csv() == upload.csv()
            && staging.isOf(staged.job(), repetitions.contentTag(staged.digest()));
    if (!same) {
      throw new Refusal.Conflict(
          "idempotency-key-used", "This Idempotency-Key named another request. Use a new one.");
    }
  }

  private Staging.Staged staged(Staging.Upload upload, InputStream body) {
    try {
      Optional<Job> before = staging.before(upload);
      return before.isPresent()
          ? new Staging.Staged(before.get(), Digests.of(body))
          : staging.stage(upload, body, repetitions::contentTag);
    } catch (IOException e) {
      throw new Refusal.Incomplete(
          "body-cut-off", "The connection ended before the body did. Send it again.");
    }
  }

  private byte[] tag(String name) {
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw new Refusal.Malformed(
          "malformed-header", "Idempotency-Key", "1 to " + LONGEST_NAME + " characters.");
    }
    return repetitions.tag(caller.clientAndName(), name);
  }

  private ImportKind<?> kind(@Nullable String name) {
    return kinds.stream()
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new Refusal.Malformed("kind-unknown", "kind", "Either customers or purchases."));
  }
}
