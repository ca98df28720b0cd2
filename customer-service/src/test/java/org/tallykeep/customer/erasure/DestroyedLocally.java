package org.tallykeep.customer.erasure;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.platform.LocalKeys;

/** Really destroys keys of a test, and remembers how. */
final class DestroyedLocally implements Revocations {

  private final LocalKeys keys;
  private final Map<UUID, Mode> subjects = new HashMap<>();
  private final Map<UUID, Mode> pseudonyms = new HashMap<>();
  int asked;
  @Nullable String lastCase;

  DestroyedLocally(LocalKeys keys) {
    this.keys = keys;
  }

  @Override
  public String destroy(Kind kind, UUID key, Mode mode, @Nullable String caseId) {
    keys.destroy(key);
    of(kind).putIfAbsent(key, mode);
    lastCase = caseId;
    return kind + " " + key;
  }

  @Override
  public Map<UUID, Mode> among(Kind kind, Collection<UUID> ids) {
    asked++;
    Map<UUID, Mode> found = new HashMap<>(of(kind));
    found.keySet().retainAll(ids);
    return found;
  }

  private Map<UUID, Mode> of(Kind kind) {
    return switch (kind) {
      case SUBJECT -> subjects;
      case PSEUDONYM -> pseudonyms;
    };
  }
}
