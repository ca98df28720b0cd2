package org.tallykeep.keyvault.client.transport;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.envelope.KeyRef;

/**
 * The JSON of the key service's operations. Bytes are standard base64. What holds key bytes never
 * shows them.
 */
public final class Wire {

  private Wire() {}

  public record ToCreate(String kind, int count, List<String> purposes, boolean decoys) {}

  public record Created(List<CreatedKey> keys) {
    @Override
    public String toString() {
      return "Created[" + keys.size() + "]";
    }
  }

  public record CreatedKey(UUID id, int version, Map<String, byte[]> purposeKeys) {
    public KeyRef ref() {
      return new KeyRef(id, version);
    }

    @Override
    public String toString() {
      return "CreatedKey";
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ToUnwrap(
      String purpose, List<Named> keys, @Nullable String grant, @Nullable String caseId) {
    @Override
    public String toString() {
      return "ToUnwrap[" + purpose + " " + keys.size() + "]";
    }
  }

  public record Named(UUID id, int version) {}

  public record Unwrapped(List<MaybeKey> keys) {
    @Override
    public String toString() {
      return "Unwrapped[" + keys.size() + "]";
    }
  }

  /** Without bytes when the key is unknown or destroyed. */
  @SuppressWarnings("ArrayRecordComponent") // handed over once and zeroed, never compared
  public record MaybeKey(UUID id, int version, byte @Nullable [] key) {
    @Override
    public String toString() {
      return "MaybeKey";
    }
  }

  public record ToLease(long messages) {}

  @SuppressWarnings("ArrayRecordComponent") // handed over once and zeroed, never compared
  public record Lease(UUID id, int version, byte[] key, long messages) {
    public KeyRef ref() {
      return new KeyRef(id, version);
    }

    @Override
    public String toString() {
      return "Lease";
    }
  }

  public record DatasetKeys(List<DatasetKey> keys) {
    @Override
    public String toString() {
      return "DatasetKeys[" + keys.size() + "]";
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // handed over once and zeroed, never compared
  public record DatasetKey(UUID id, int version, byte[] key, @Nullable String state) {
    public KeyRef ref() {
      return new KeyRef(id, version);
    }

    @Override
    public String toString() {
      return "DatasetKey";
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ToTag(String field, List<byte[]> values, @Nullable String grant) {
    @Override
    public String toString() {
      return "ToTag[" + values.size() + "]";
    }
  }

  public record ToGrant(
      String job, Set<String> purposes, long maxRecords, Instant notAfter, String decoys) {}

  public record Granted(UUID id, String state) {}

  public record Tags(List<byte[]> tags) {
    @Override
    public String toString() {
      return "Tags[" + tags.size() + "]";
    }
  }
}
