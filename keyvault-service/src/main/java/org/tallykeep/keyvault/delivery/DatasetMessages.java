package org.tallykeep.keyvault.delivery;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.tallykeep.keyvault.dataset.DatasetKey;

/** What {@link DatasetKeyResource} reads and answers. */
final class DatasetMessages {

  private DatasetMessages() {}

  /** A lease to be granted. */
  record LeaseRequest(
      @Schema(
              description = "How many messages will be sealed, at most 16,777,216; 0 for MAC keys",
              examples = "65536")
          @PositiveOrZero
          long messages) {}

  /** The version to seal with. */
  record Lease(
      UUID id,
      int version,
      @Schema(type = SchemaType.STRING, format = "byte") byte[] key,
      long messages)
      implements CarriesKeys {

    static Lease of(DatasetKey key, long messages) {
      return new Lease(key.ref().id(), key.ref().version(), key.key(), messages);
    }

    @Override
    public void zero() {
      Arrays.fill(key, (byte) 0);
    }

    @Override
    public String toString() {
      return "Lease[" + id + "]";
    }
  }

  /** Versions to open with. */
  record UnwrapRequest(
      @Schema(description = "Which versions; all that are live when absent", examples = "[1]")
          @Size(max = 1_000)
          @Nullable Set<@NotNull Integer> versions) {}

  /** The versions that still open something. */
  record Versions(List<Version> keys) implements CarriesKeys {

    static Versions of(List<DatasetKey> keys) {
      return new Versions(keys.stream().map(Version::of).toList());
    }

    @Override
    public void zero() {
      keys.forEach(version -> Arrays.fill(version.key(), (byte) 0));
    }
  }

  /** One version. */
  record Version(
      UUID id,
      int version,
      @Schema(type = SchemaType.STRING, format = "byte") byte[] key,
      @Schema(description = "active, deactivated or compromised", examples = "active")
          String state) {

    static Version of(DatasetKey key) {
      return new Version(key.ref().id(), key.ref().version(), key.key(), key.state().label());
    }

    @Override
    public String toString() {
      return "Version[" + id + "]";
    }
  }
}
