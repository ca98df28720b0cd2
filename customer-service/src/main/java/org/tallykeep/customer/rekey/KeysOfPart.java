package org.tallykeep.customer.rekey;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.envelope.AssociatedData;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.SealingKey;
import org.tallykeep.keyvault.client.KeyNotKnownException;

/** The keys of one part of some rows, in all versions that are needed, closed together. */
public final class KeysOfPart implements AutoCloseable {

  private final Map<KeyRef, SealingKey> keys;

  private KeysOfPart(Map<KeyRef, SealingKey> keys) {
    this.keys = keys;
  }

  /** Asks for them on the grant for sealing anew; a key that does not come is missing. */
  public static KeysOfPart open(Keys keys, Keys.Part part, Collection<KeyRef> refs) {
    List<KeyRef> wanted = refs.stream().distinct().toList();
    List<Optional<SealingKey>> handles = keys.forResealing(part, wanted);
    Map<KeyRef, SealingKey> opened = new HashMap<>();
    for (int i = 0; i < wanted.size(); i++) {
      KeyRef ref = wanted.get(i);
      handles.get(i).ifPresent(key -> opened.put(ref, key));
    }
    return new KeysOfPart(opened);
  }

  /**
   * The same value under the newer key.
   *
   * @param place where it is, before and after
   * @throws KeyNotKnownException if one of the keys did not come
   */
  public byte[] reseal(AssociatedData place, byte[] record, KeyRef older, KeyRef newer) {
    return of(newer).seal(place, of(older).open(place, record));
  }

  private SealingKey of(KeyRef ref) {
    SealingKey key = keys.get(ref);
    if (key == null) {
      throw new KeyNotKnownException();
    }
    return key;
  }

  @Override
  public void close() {
    keys.values().forEach(SealingKey::close);
  }
}
