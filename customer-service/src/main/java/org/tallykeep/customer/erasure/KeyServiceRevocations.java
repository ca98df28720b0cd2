package org.tallykeep.customer.erasure;

import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;
import org.tallykeep.platform.problem.Unavailable;

/** Asks the key service. */
@Singleton
final class KeyServiceRevocations implements Revocations {

  private static final Duration A_WHILE = Duration.ofSeconds(5);

  private final KeyServiceErasure keyService;

  KeyServiceRevocations(@RestClient KeyServiceErasure keyService) {
    this.keyService = keyService;
  }

  @Override
  public String destroy(Kind kind, UUID key, Mode mode, @Nullable String caseId) {
    return asking(
            () ->
                keyService.destroy(
                    new KeyServiceErasure.ToDestroy(word(kind), mode.word(), List.of(key), caseId)))
        .receipt();
  }

  @Override
  public Map<UUID, Mode> among(Kind kind, Collection<UUID> keys) {
    Map<UUID, Mode> destroyed = new HashMap<>();
    asking(() -> keyService.match(new KeyServiceErasure.ToMatch(word(kind), List.copyOf(keys))))
        .revoked()
        .forEach(each -> destroyed.put(each.id(), Mode.of(each.mode())));
    return destroyed;
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static <T> T asking(Supplier<T> question) {
    try {
      return question.get();
    } catch (WebApplicationException | ProcessingException e) {
      throw new Unavailable(
          "keys-unavailable",
          "The key service does not answer now. What was begun goes on by itself; ask again.",
          A_WHILE,
          e);
    }
  }
}
