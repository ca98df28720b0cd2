package org.tallykeep.keyvault.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.tallykeep.keyvault.person.NewKey;
import org.tallykeep.keyvault.person.PurposeKey;

/** What {@link KeyResource} answers. */
final class KeyReplies {

  private KeyReplies() {}

  /** How many keys are decoys. */
  record Decoys(@Schema(examples = "20") long subjects) {}

  /** Keys just made. */
  record Created(List<CreatedKey> keys) implements CarriesKeys {

    static Created of(List<NewKey> keys) {
      return new Created(keys.stream().map(CreatedKey::of).toList());
    }

    @Override
    public void zero() {
      keys.forEach(CreatedKey::zero);
    }
  }

  /** A key just made. */
  record CreatedKey(
      UUID id,
      int version,
      @Schema(description = "Base64, by purpose", examples = "{\"link\":\"m0Vx…\"}")
          Map<String, byte[]> purposeKeys) {

    static CreatedKey of(NewKey key) {
      return new CreatedKey(
          key.ref().id(),
          key.ref().version(),
          key.purposeKeys().entrySet().stream()
              .collect(Collectors.toMap(e -> e.getKey().label(), Map.Entry::getValue)));
    }

    void zero() {
      purposeKeys.values().forEach(key -> java.util.Arrays.fill(key, (byte) 0));
    }

    @Override
    public String toString() {
      return "CreatedKey[" + id + "]";
    }
  }

  /** Keys opened, in the order asked for. */
  record Unwrapped(List<UnwrappedKey> keys) implements CarriesKeys {

    static Unwrapped of(List<PurposeKey> keys) {
      return new Unwrapped(keys.stream().map(UnwrappedKey::of).toList());
    }

    @Override
    public void zero() {
      keys.forEach(UnwrappedKey::zero);
    }
  }

  /** A key opened. */
  record UnwrappedKey(
      UUID id,
      int version,
      @Schema(
              type = SchemaType.STRING,
              format = "byte",
              description = "Base64; null when there is no such key, or no longer")
          @JsonInclude(JsonInclude.Include.ALWAYS)
          byte @Nullable [] key) {

    static UnwrappedKey of(PurposeKey key) {
      return new UnwrappedKey(key.ref().id(), key.ref().version(), key.key());
    }

    void zero() {
      if (key != null) {
        java.util.Arrays.fill(key, (byte) 0);
      }
    }

    @Override
    public String toString() {
      return "UnwrappedKey[" + id + "]";
    }
  }
}
