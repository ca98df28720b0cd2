package org.tallykeep.customer.platform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.tallykeep.envelope.BlindIndexKey;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.MacKey;
import org.tallykeep.envelope.MessageLease;
import org.tallykeep.envelope.SealingKey;
import org.tallykeep.keyvault.client.Granted;

/** Real sealing with keys kept in a map, for tests of what lies beneath the key service. */
public final class LocalKeys implements Keys {

  private static final UUID DATASET = UUID.randomUUID();

  private final SecureRandom random = new SecureRandom();
  private final Map<KeyRef, byte[]> keys = new ConcurrentHashMap<>();
  private final Set<KeyRef> aside = ConcurrentHashMap.newKeySet();
  private final byte[] datasetKey = bytes();
  private final IndexKeyVersions index = new IndexKeyVersions();
  private final AtomicReference<Runnable> beforeTags = new AtomicReference<>(() -> {});

  private final AtomicReference<Runnable> beforeResealing = new AtomicReference<>(() -> {});
  private volatile LongFunction<Granted> exportGrants =
      records -> new Granted(UUID.randomUUID(), true);
  private volatile Consumer<UUID> beforeGranted = grant -> {};
  private final AtomicReference<Runnable> beforeSealing = new AtomicReference<>(() -> {});

  /** How many link keys were asked for. */
  public final AtomicInteger linksAsked = new AtomicInteger();

  /** Destroys a key. */
  public void destroy(UUID key) {
    keys.keySet().removeIf(ref -> ref.id().equals(key));
  }

  /** Destroys the keys of all customers and purchasers. */
  public void destroyAll() {
    keys.clear();
  }

  /** Makes the next version of a key; the one before serves as well. */
  public KeyRef replace(KeyRef before) {
    KeyRef next = new KeyRef(before.id(), before.version() + 1);
    keys.put(next, bytes());
    return next;
  }

  /** From now on that version opens nothing but for who seals anew. */
  public void putAside(KeyRef ref) {
    aside.add(ref);
  }

  /** Seals with these keys. */
  public DatasetRecords records() {
    return new DatasetRecords(this);
  }

  /** Something that happens once, before a data set's key is handed out. */
  public void beforeSealing(Runnable once) {
    beforeSealing.set(once);
  }

  @Override
  public SealingKey sealing(String datasetPurpose) {
    beforeSealing.getAndSet(() -> {}).run();
    return SealingKey.takeOwnershipOf(
        new KeyRef(DATASET, 1), derive(datasetKey, datasetPurpose), MessageLease.of(1_000_000));
  }

  @Override
  public SealingKey opening(String datasetPurpose, KeyRef ref) {
    return SealingKey.takeOwnershipForOpening(ref, derive(datasetKey, datasetPurpose));
  }

  @Override
  public BlindIndexKey index() {
    return index.newest();
  }

  @Override
  public BlindIndexKey index(int version) {
    return index.of(version);
  }

  /** The versions of the index key. */
  public IndexKeyVersions indexVersions() {
    return index;
  }

  @Override
  public MacKey manifest() {
    return manifest(new KeyRef(DATASET, 1));
  }

  @Override
  public MacKey manifest(KeyRef ref) {
    return MacKey.takeOwnershipOf(ref, derive(datasetKey, "manifest"), "manifest");
  }

  @Override
  public List<SubjectKeys> createSubjects(int count) {
    return IntStream.range(0, count).mapToObj(i -> createSubject()).toList();
  }

  /** The keys that were made for customers who do not exist. */
  public final Set<UUID> decoys = ConcurrentHashMap.newKeySet();

  @Override
  public List<SubjectKeys> createDecoys(int count) {
    List<SubjectKeys> created = createSubjects(count);
    created.forEach(each -> decoys.add(each.ref().id()));
    return created;
  }

  @Override
  public List<SealingKey> createPseudonyms(int count) {
    return IntStream.range(0, count).mapToObj(i -> key(create(), "reidentify")).toList();
  }

  @Override
  public List<Optional<SealingKey>> links(List<KeyRef> subjects) {
    linksAsked.addAndGet(subjects.size());
    return unwrap(subjects, "link");
  }

  @Override
  public List<Optional<SealingKey>> masks(List<KeyRef> subjects) {
    return unwrap(subjects, "mask");
  }

  @Override
  public List<Optional<SealingKey>> reidentifyForMixing(List<KeyRef> pseudonyms) {
    return unwrap(pseudonyms, "reidentify");
  }

  @Override
  public List<Optional<SealingKey>> personalForImport(Personal purpose, List<KeyRef> subjects) {
    return unwrap(subjects, purpose.name());
  }

  @Override
  public List<Optional<SealingKey>> personalForReindexing(Personal purpose, List<KeyRef> subjects) {
    return unwrap(subjects, purpose.name());
  }

  /** Something that happens once, while whoever seals anew has read rows already. */
  public void beforeResealing(Runnable once) {
    beforeResealing.set(once);
  }

  @Override
  public List<Optional<SealingKey>> forResealing(Part part, List<KeyRef> refs) {
    beforeResealing.getAndSet(() -> {}).run();
    String purpose =
        switch (part) {
          case IDENTITY, CONTACT -> part.name();
          case MASK, LINK, REIDENTIFY -> part.name().toLowerCase(Locale.ROOT);
        };
    return refs.stream()
        .map(ref -> keys.containsKey(ref) ? Optional.of(key(ref, purpose)) : none())
        .toList();
  }

  @Override
  public List<Optional<SealingKey>> personalFor(
      Asking who, Personal purpose, List<KeyRef> subjects) {
    return unwrap(subjects, purpose.name());
  }

  @Override
  public Granted submit(Asking who, String job, int mostRecords) {
    return new Granted(UUID.randomUUID(), true);
  }

  @Override
  public Granted submitExport(
      Asking who, Set<Personal> purposes, long mostRecords, Instant notAfter) {
    return exportGrants.apply(mostRecords);
  }

  /** How exports of so many records are granted. */
  public void grantExports(LongFunction<Granted> grants) {
    exportGrants = grants;
  }

  /** Something that happens before each batch of keys under a grant. */
  public void beforeGranted(Consumer<UUID> always) {
    beforeGranted = always;
  }

  @Override
  public List<Optional<SealingKey>> personalUnder(
      UUID grant, Personal purpose, List<KeyRef> subjects) {
    beforeGranted.accept(grant);
    return unwrap(subjects, purpose.name());
  }

  /** Something that happens once, while whoever asks for tags next has their keys already. */
  public void beforeTags(Runnable once) {
    beforeTags.set(once);
  }

  @Override
  public List<byte[]> tags(Contact field, List<byte[]> innerTags) {
    beforeTags.getAndSet(() -> {}).run();
    return innerTags.stream().map(tag -> derive(tag, field.name())).toList();
  }

  @Override
  public List<byte[]> tagsForReindexing(Contact field, List<byte[]> innerTags) {
    return tags(field, innerTags);
  }

  @Override
  public List<byte[]> suppressionTags(List<byte[]> tags) {
    return tags.stream().map(tag -> derive(tag, "suppression")).toList();
  }

  private SubjectKeys createSubject() {
    KeyRef ref = create();
    return new SubjectKeys(
        ref,
        key(ref, Personal.IDENTITY.name()),
        key(ref, Personal.CONTACT.name()),
        key(ref, "mask"),
        key(ref, "link"));
  }

  private KeyRef create() {
    KeyRef ref = new KeyRef(UUID.randomUUID(), 1);
    keys.put(ref, bytes());
    return ref;
  }

  private List<Optional<SealingKey>> unwrap(List<KeyRef> refs, String purpose) {
    return refs.stream()
        .map(
            ref ->
                keys.containsKey(ref) && !aside.contains(ref)
                    ? Optional.of(key(ref, purpose))
                    : none())
        .toList();
  }

  private static Optional<SealingKey> none() {
    return Optional.empty();
  }

  private SealingKey key(KeyRef ref, String purpose) {
    byte[] key = keys.get(ref);
    if (key == null) {
      throw new IllegalStateException("no such key");
    }
    return SealingKey.takeOwnershipOf(ref, derive(key, purpose));
  }

  private byte[] bytes() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] derive(byte[] key, String purpose) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(key);
      return sha256.digest(purpose.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
