package org.tallykeep.customer.profile;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Keys.Personal;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.SealingKey;

/** The keys of many customers under a job's grant, for the purposes wanted and the masks. */
final class BulkKeys implements AutoCloseable {

  private final Map<Personal, List<Optional<SealingKey>>> personal = new EnumMap<>(Personal.class);
  private List<Optional<SealingKey>> masks = List.of();

  private BulkKeys() {}

  static BulkKeys open(Keys keys, UUID grant, Set<Personal> purposes, List<KeyRef> refs) {
    BulkKeys bulk = new BulkKeys();
    try {
      purposes.forEach(each -> bulk.personal.put(each, keys.personalUnder(grant, each, refs)));
      bulk.masks = keys.masks(refs);
      return bulk;
    } catch (Throwable failure) {
      bulk.close();
      throw failure;
    }
  }

  /** Whether all came that were wanted of the customer at that place. */
  boolean has(int place) {
    return masks.get(place).isPresent()
        && personal.values().stream().allMatch(each -> each.get(place).isPresent());
  }

  SealingKey mask(int place) {
    return masks.get(place).orElseThrow();
  }

  /** Null if that purpose is not wanted. */
  @Nullable SealingKey of(Personal purpose, int place) {
    List<Optional<SealingKey>> all = personal.get(purpose);
    return all == null ? null : all.get(place).orElseThrow();
  }

  @Override
  public void close() {
    masks.forEach(key -> key.ifPresent(SealingKey::close));
    personal.values().forEach(all -> all.forEach(key -> key.ifPresent(SealingKey::close)));
  }
}
