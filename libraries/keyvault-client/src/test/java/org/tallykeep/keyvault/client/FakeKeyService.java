package org.tallykeep.keyvault.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.keyvault.client.transport.KeyService;
import org.tallykeep.keyvault.client.transport.Wire.Created;
import org.tallykeep.keyvault.client.transport.Wire.CreatedKey;
import org.tallykeep.keyvault.client.transport.Wire.DatasetKey;
import org.tallykeep.keyvault.client.transport.Wire.DatasetKeys;
import org.tallykeep.keyvault.client.transport.Wire.Granted;
import org.tallykeep.keyvault.client.transport.Wire.Lease;
import org.tallykeep.keyvault.client.transport.Wire.MaybeKey;
import org.tallykeep.keyvault.client.transport.Wire.Tags;
import org.tallykeep.keyvault.client.transport.Wire.ToCreate;
import org.tallykeep.keyvault.client.transport.Wire.ToGrant;
import org.tallykeep.keyvault.client.transport.Wire.ToTag;
import org.tallykeep.keyvault.client.transport.Wire.ToUnwrap;
import org.tallykeep.keyvault.client.transport.Wire.Unwrapped;

/** A key service in memory that can be away, turn a version over and forget keys. */
final class FakeKeyService implements KeyService {

  final List<String> calls = new ArrayList<>();
  final List<Long> leases = new ArrayList<>();
  final Set<KeyRef> destroyed = new HashSet<>();
  int datasetVersion = 1;
  final List<String> tagGrants = new ArrayList<>();
  boolean away;

  @Override
  public Created create(ToCreate request) {
    call("create " + request.count());
    return new Created(
        IntStream.range(0, request.count())
            .mapToObj(
                i -> {
                  UUID id = UUID.randomUUID();
                  return new CreatedKey(
                      id,
                      1,
                      request.purposes().stream()
                          .collect(Collectors.toMap(p -> p, p -> bytes(p + id + 1))));
                })
            .toList());
  }

  @Override
  public Unwrapped unwrap(ToUnwrap request, Caller caller) {
    call("unwrap " + request.purpose() + " " + request.keys().size() + " " + caller);
    return new Unwrapped(
        request.keys().stream()
            .map(
                key ->
                    new MaybeKey(
                        key.id(),
                        key.version(),
                        destroyed.contains(new KeyRef(key.id(), key.version()))
                            ? null
                            : bytes(request.purpose() + key.id() + key.version())))
            .toList());
  }

  @Override
  public Lease lease(String purpose, long messages) {
    call("lease " + purpose);
    leases.add(messages);
    return new Lease(id(purpose), datasetVersion, bytes(purpose + datasetVersion), messages);
  }

  @Override
  public DatasetKeys datasetKeys(String purpose) {
    call("all " + purpose);
    return new DatasetKeys(
        IntStream.rangeClosed(1, datasetVersion)
            .mapToObj(v -> new DatasetKey(id(purpose), v, bytes(purpose + v), "active"))
            .toList());
  }

  @Override
  public Tags tags(ToTag request) {
    call("tags " + request.values().size());
    if (request.grant() != null) {
      tagGrants.add(request.grant());
    }
    return new Tags(request.values());
  }

  @Override
  public Granted submit(ToGrant request, Caller.Person person) {
    call("submit " + request.job() + " " + request.maxRecords() + " " + person);
    return new Granted(id(request.job()), "active");
  }

  private void call(String what) {
    calls.add(what);
    if (away) {
      throw new KeysUnavailable(Duration.ofSeconds(1), null);
    }
  }

  static UUID id(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  /** The same name gives the same key, so that what one handle sealed another opens. */
  private static byte[] bytes(String name) {
    byte[] key = new byte[32];
    byte[] half = name.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < half.length; i++) {
      key[i % 32] = (byte) (31 * key[i % 32] + half[i]);
    }
    return key;
  }
}
