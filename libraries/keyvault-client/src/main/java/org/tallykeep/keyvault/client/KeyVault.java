package org.tallykeep.keyvault.client;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tallykeep.envelope.BlindIndexKey;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.MacKey;
import org.tallykeep.envelope.SealingKey;
import org.tallykeep.keyvault.client.DatasetHandles.Surroundings;
import org.tallykeep.keyvault.client.cache.HandleCache;
import org.tallykeep.keyvault.client.cache.Lifetimes;
import org.tallykeep.keyvault.client.cache.Retirement;
import org.tallykeep.keyvault.client.transport.KeyService;
import org.tallykeep.keyvault.client.transport.Wire;
import org.tallykeep.keyvault.client.transport.Wire.CreatedKey;
import org.tallykeep.keyvault.client.transport.Wire.DatasetKey;
import org.tallykeep.keyvault.client.transport.Wire.Lease;
import org.tallykeep.keyvault.client.transport.Wire.ToCreate;
import org.tallykeep.keyvault.client.transport.Wire.ToTag;

/**
 * Keys for a service: blocking, thread-safe, of any number at once.
 *
 * <p><b>Who closes.</b> Handles of data sets and of {@code link} are shared: fetch them for each
 * piece of work (a batch of rows, some seconds), do not keep them, do not close them; they are
 * closed 60 seconds after their key was asked for. All other handles belong to the caller, live for
 * one request and are closed by it.
 *
 * <p>Everything fails with {@link KeysUnavailable} (503) when the key service stays away, and with
 * {@link KeysRefused} (403) when it does not allow the purpose.
 */
public final class KeyVault implements AutoCloseable {

  private static final String ACTIVE = "active";

  private final KeyService service;
  private final RecordKeys records;
  private final LinkKeys links;
  private final HandleCache<KeyRef, SealingKey> linkCache;
  private final Map<DatasetPurpose, DatasetHandles<SealingKey, SealingKey>> sealing;
  private final DatasetHandles<BlindIndexKey, BlindIndexKey> index;
  private final DatasetHandles<MacKey, MacKey> manifest;
  private final Retirement retirement;
  private final Hearing hearing;

  /** What time it is, how long keys are kept, and whether the key service is heard. */
  record Keeping(InstantSource clock, Lifetimes lifetimes, Hearing hearing) {}

  KeyVault(KeyService service, KeyVaultConfig config, Keeping keeping, MeterRegistry meters) {
    this.service = service;
    this.hearing = keeping.hearing();
    InstantSource clock = keeping.clock();
    Lifetimes lifetimes = keeping.lifetimes();
    this.records = new RecordKeys(service);
    this.retirement = new Retirement(clock);
    this.linkCache = new HandleCache<>(clock, lifetimes, retirement, config.linkCacheSize());
    this.links = new LinkKeys(records, linkCache, clock, meters);
    Surroundings around = new Surroundings(clock, lifetimes, retirement);
    long messages = config.leaseMessages();
    this.sealing =
        Map.of(
            DatasetPurpose.LEDGER, sealing(DatasetPurpose.LEDGER, around, messages),
            DatasetPurpose.AGGREGATE, sealing(DatasetPurpose.AGGREGATE, around, messages));
    this.index =
        new DatasetHandles<>(
            service,
            DatasetPurpose.INDEX,
            around,
            LeaseSizes.none(),
            (Lease lease, Reserve none) -> BlindIndexKey.takeOwnershipOf(lease.ref(), lease.key()),
            (DatasetKey key) -> BlindIndexKey.takeOwnershipOf(key.ref(), key.key()));
    String use = DatasetPurpose.MANIFEST.wireName();
    this.manifest =
        new DatasetHandles<>(
            service,
            DatasetPurpose.MANIFEST,
            around,
            LeaseSizes.none(),
            (Lease lease, Reserve none) -> MacKey.takeOwnershipOf(lease.ref(), lease.key(), use),
            (DatasetKey key) -> MacKey.takeOwnershipOf(key.ref(), key.key(), use));
  }

  private DatasetHandles<SealingKey, SealingKey> sealing(
      DatasetPurpose purpose, Surroundings around, long messages) {
    return new DatasetHandles<>(
        service,
        purpose,
        around,
        LeaseSizes.from(messages),
        (Lease lease, Reserve reserve) ->
            SealingKey.takeOwnershipOf(lease.ref(), lease.key(), reserve.lease()),
        (DatasetKey key) -> SealingKey.takeOwnershipForOpening(key.ref(), key.key()));
  }

  /**
   * Makes keys, each with a handle for every purpose named; the caller closes them.
   *
   * @param count any number, in requests of 1,000
   */
  public List<NewKey> createKeys(KeyKind kind, int count, Set<Purpose> purposes) {
    return create(kind, count, purposes, false);
  }

  /**
   * Makes keys of customers who do not exist, otherwise like {@link #createKeys}. Whoever asks for
   * one of them later is frozen; the caller forgets which they are.
   */
  public List<NewKey> createDecoys(int count, Set<Purpose> purposes) {
    return create(KeyKind.SUBJECT, count, purposes, true);
  }

  private List<NewKey> create(KeyKind kind, int count, Set<Purpose> purposes, boolean decoys) {
    List<String> names = purposes.stream().map(Purpose::wireName).sorted().toList();
    return Batches.of(
        Collections.nCopies(count, kind),
        batch ->
            service
                .create(new ToCreate(kind.wireName(), batch.size(), names, decoys))
                .keys()
                .stream()
                .map(key -> newKey(key, purposes))
                .toList());
  }

  private static NewKey newKey(CreatedKey created, Set<Purpose> purposes) {
    KeyRef ref = created.ref();
    return new NewKey(
        ref,
        purposes.stream()
            .collect(
                toMap(
                    purpose -> purpose,
                    purpose -> SealingKey.takeOwnershipOf(ref, bytes(created, purpose)))));
  }

  private static byte[] bytes(CreatedKey created, Purpose purpose) {
    byte[] bytes = created.purposeKeys().get(purpose.wireName());
    if (bytes == null) {
      throw new IllegalStateException("The key service left a purpose out");
    }
    return bytes;
  }

  /**
   * Keys by their names, in the order asked; empty where a key is unknown or destroyed, which
   * nobody can tell apart. The caller closes them, except those of {@code link}.
   */
  public List<Optional<SealingKey>> unwrap(Purpose purpose, List<KeyRef> refs, Caller caller) {
    forgetWhenDeaf();
    return purpose.mayBeCached() && caller == Caller.service()
        ? links.unwrap(refs)
        : records.unwrap(purpose, refs, caller);
  }

  /** The current key of {@code ledger} or {@code aggregate}, good for a batch of 10,000 records. */
  public SealingKey sealing(DatasetPurpose purpose) {
    forgetWhenDeaf();
    return sealed(purpose).current();
  }

  /**
   * The key of {@code ledger} or {@code aggregate} that a record's header names.
   *
   * @throws KeyNotKnownException if there is no such live key
   */
  public SealingKey opening(DatasetPurpose purpose, KeyRef ref) {
    forgetWhenDeaf();
    return sealed(purpose).of(ref);
  }

  private DatasetHandles<SealingKey, SealingKey> sealed(DatasetPurpose purpose) {
    DatasetHandles<SealingKey, SealingKey> handles = sealing.get(purpose);
    if (handles == null) {
      throw new IllegalArgumentException("Seals nothing: " + purpose.wireName());
    }
    return handles;
  }

  /** The current key for tags. */
  public BlindIndexKey index() {
    forgetWhenDeaf();
    return index.current();
  }

  /**
   * That version of the key for tags.
   *
   * @throws KeyNotKnownException if there is no such live key
   */
  public BlindIndexKey index(int version) {
    forgetWhenDeaf();
    return index.of(version);
  }

  /** The current key for manifests. */
  public MacKey manifest() {
    forgetWhenDeaf();
    return manifest.current();
  }

  /**
   * The key that a manifest names.
   *
   * @throws KeyNotKnownException if there is no such live key
   */
  public MacKey manifest(KeyRef ref) {
    forgetWhenDeaf();
    return manifest.of(ref);
  }

  /** The key service's half of tags, from our half, in order. */
  public List<byte[]> tags(TagField field, List<byte[]> innerTags) {
    return tagsOn(null, field, innerTags);
  }

  /** The same on a standing grant, whose own budget is charged. */
  public List<byte[]> tags(TagField field, List<byte[]> innerTags, Caller.StandingGrant grant) {
    return tagsOn(grant.name(), field, innerTags);
  }

  private List<byte[]> tagsOn(@Nullable String grant, TagField field, List<byte[]> innerTags) {
    return new ArrayList<>(
        Batches.of(
            innerTags, batch -> service.tags(new ToTag(field.wireName(), batch, grant)).tags()));
  }

  /** Asks leave for a job of a person's, who is told if it is more than their budget leaves. */
  public Granted submit(JobOfPerson job, Caller.Person person) {
    Set<String> purposes = job.purposes().stream().map(Purpose::wireName).collect(toSet());
    Wire.Granted granted =
        service.submit(
            new Wire.ToGrant(
                job.name(), purposes, job.mostRecords(), job.notAfter(), job.decoys().wireName()),
            person);
    return new Granted(granted.id(), granted.state().equals(ACTIVE));
  }

  /** Closes what has become too old; called every few seconds. */
  void sweep() {
    forgetWhenDeaf();
    linkCache.sweep();
    sealing.values().forEach(DatasetHandles::sweep);
    index.sweep();
    manifest.sweep();
    retirement.sweep();
  }

  /** Uses nothing that is kept any more: each key is asked for anew. */
  void forget() {
    linkCache.clear();
    sealing.values().forEach(DatasetHandles::clear);
    index.clear();
    manifest.clear();
  }

  /** Whoever does not hear the key service does not know what it has taken back. */
  private void forgetWhenDeaf() {
    if (!hearing.isRecent()) {
      forget();
    }
  }

  /** Closes every shared handle. */
  @Override
  public void close() {
    forget();
    retirement.closeAll();
  }
}
