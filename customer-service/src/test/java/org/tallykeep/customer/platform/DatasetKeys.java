package org.tallykeep.customer.platform;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.envelope.BlindIndexKey;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.MacKey;
import org.tallykeep.envelope.MessageLease;
import org.tallykeep.envelope.SealingKey;
import org.tallykeep.keyvault.client.Granted;

/** Real keys of the data sets, without a key service; there are no others. */
public final class DatasetKeys implements Keys {

  private final SealingKey ledger = dataset(1);
  private final SealingKey aggregate = dataset(2);
  private final IndexKeyVersions index = new IndexKeyVersions();
  private final MacKey manifest = MacKey.takeOwnershipOf(ref(), bytes(4), "manifest");

  private static SealingKey dataset(int seed) {
    return SealingKey.takeOwnershipOf(
        ref(), bytes(seed), MessageLease.of(MessageLease.MAX_MESSAGES));
  }

  private static KeyRef ref() {
    return new KeyRef(UUID.randomUUID(), 1);
  }

  private static byte[] bytes(int seed) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) seed;
    return bytes;
  }

  @Override
  public SealingKey sealing(String datasetPurpose) {
    return datasetPurpose.equals("ledger") ? ledger : aggregate;
  }

  @Override
  public SealingKey opening(String datasetPurpose, KeyRef ref) {
    return sealing(datasetPurpose);
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
    return manifest;
  }

  @Override
  public MacKey manifest(KeyRef ref) {
    return manifest;
  }

  @Override
  public List<SubjectKeys> createSubjects(int count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<SubjectKeys> createDecoys(int count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<SealingKey> createPseudonyms(int count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Optional<SealingKey>> links(List<KeyRef> subjects) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Optional<SealingKey>> masks(List<KeyRef> subjects) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Optional<SealingKey>> reidentifyForMixing(List<KeyRef> pseudonyms) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Optional<SealingKey>> personalForImport(Personal purpose, List<KeyRef> subjects) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Optional<SealingKey>> personalForReindexing(Personal purpose, List<KeyRef> subjects) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Optional<SealingKey>> forResealing(Part part, List<KeyRef> keys) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Optional<SealingKey>> personalFor(
      Asking who, Personal purpose, List<KeyRef> subjects) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Granted submit(Asking who, String job, int mostRecords) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Granted submitExport(
      Asking who, Set<Personal> purposes, long mostRecords, Instant notAfter) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Optional<SealingKey>> personalUnder(
      UUID grant, Personal purpose, List<KeyRef> subjects) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<byte[]> tags(Contact field, List<byte[]> innerTags) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<byte[]> suppressionTags(List<byte[]> tags) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<byte[]> tagsForReindexing(Contact field, List<byte[]> innerTags) {
    throw new UnsupportedOperationException();
  }
}
