package org.tallykeep.customer.platform;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.tallykeep.envelope.BlindIndexKey;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.MacKey;
import org.tallykeep.envelope.SealingKey;
import org.tallykeep.keyvault.client.Caller;
import org.tallykeep.keyvault.client.DatasetPurpose;
import org.tallykeep.keyvault.client.Granted;
import org.tallykeep.keyvault.client.JobOfPerson;
import org.tallykeep.keyvault.client.KeyKind;
import org.tallykeep.keyvault.client.KeyVault;
import org.tallykeep.keyvault.client.NewKey;
import org.tallykeep.keyvault.client.Purpose;
import org.tallykeep.keyvault.client.TagField;

/** Asks the key service, each purpose in the name it needs. */
@Singleton
final class KeyServiceKeys implements Keys {

  private static final Set<Purpose> OF_SUBJECTS =
      Set.of(Purpose.IDENTITY, Purpose.CONTACT, Purpose.MASK, Purpose.LINK);
  private static final Caller MIXER = Caller.standingGrant("mixer");
  private static final Caller INGEST = Caller.standingGrant("ingest");
  private static final Caller REKEY = Caller.standingGrant("rekey");
  private static final Caller.StandingGrant REINDEX = new Caller.StandingGrant("reindex");

  private static final Duration LONGEST_JOB = Duration.ofMinutes(10);

  private final KeyVault keyVault;
  private final Clock clock;

  KeyServiceKeys(KeyVault keyVault, Clock clock) {
    this.keyVault = keyVault;
    this.clock = clock;
  }

  @Override
  public SealingKey sealing(String datasetPurpose) {
    return keyVault.sealing(dataset(datasetPurpose));
  }

  @Override
  public SealingKey opening(String datasetPurpose, KeyRef ref) {
    return keyVault.opening(dataset(datasetPurpose), ref);
  }

  @Override
  public BlindIndexKey index() {
    return keyVault.index();
  }

  @Override
  public BlindIndexKey index(int version) {
    return keyVault.index(version);
  }

  @Override
  public MacKey manifest() {
    return keyVault.manifest();
  }

  @Override
  public MacKey manifest(KeyRef ref) {
    return keyVault.manifest(ref);
  }

  @Override
  public List<SubjectKeys> createSubjects(int count) {
    return keyVault.createKeys(KeyKind.SUBJECT, count, OF_SUBJECTS).stream()
        .map(KeyServiceKeys::subject)
        .toList();
  }

  @Override
  public List<SubjectKeys> createDecoys(int count) {
    return keyVault.createDecoys(count, OF_SUBJECTS).stream().map(KeyServiceKeys::subject).toList();
  }

  @Override
  public List<SealingKey> createPseudonyms(int count) {
    return keyVault.createKeys(KeyKind.PSEUDONYM, count, Set.of(Purpose.REIDENTIFY)).stream()
        .map(key -> key.of(Purpose.REIDENTIFY))
        .toList();
  }

  @Override
  public List<Optional<SealingKey>> links(List<KeyRef> subjects) {
    return keyVault.unwrap(Purpose.LINK, subjects, Caller.service());
  }

  @Override
  public List<Optional<SealingKey>> masks(List<KeyRef> subjects) {
    return keyVault.unwrap(Purpose.MASK, subjects, Caller.service());
  }

  @Override
  public List<Optional<SealingKey>> reidentifyForMixing(List<KeyRef> pseudonyms) {
    return keyVault.unwrap(Purpose.REIDENTIFY, pseudonyms, MIXER);
  }

  @Override
  public List<Optional<SealingKey>> personalForImport(Personal purpose, List<KeyRef> subjects) {
    return keyVault.unwrap(purpose(purpose), subjects, INGEST);
  }

  @Override
  public List<Optional<SealingKey>> personalForReindexing(Personal purpose, List<KeyRef> subjects) {
    return keyVault.unwrap(purpose(purpose), subjects, REINDEX);
  }

  @Override
  public List<Optional<SealingKey>> forResealing(Part part, List<KeyRef> keys) {
    return keyVault.unwrap(Purpose.valueOf(part.name()), keys, REKEY);
  }

  @Override
  public List<Optional<SealingKey>> personalFor(
      Asking who, Personal purpose, List<KeyRef> subjects) {
    return keyVault.unwrap(
        purpose(purpose), subjects, Caller.person(who.bearerToken(), who.reason()));
  }

  @Override
  public Granted submit(Asking who, String job, int mostRecords) {
    return keyVault.submit(
        new JobOfPerson(
            job,
            Set.of(Purpose.IDENTITY, Purpose.CONTACT),
            mostRecords,
            clock.instant().plus(LONGEST_JOB),
            JobOfPerson.Decoys.REFUSE),
        new Caller.Person(who.bearerToken(), who.reason()));
  }

  @Override
  public Granted submitExport(
      Asking who, Set<Personal> purposes, long mostRecords, Instant notAfter) {
    return keyVault.submit(
        new JobOfPerson(
            "export",
            purposes.stream().map(KeyServiceKeys::purpose).collect(Collectors.toSet()),
            mostRecords,
            notAfter,
            JobOfPerson.Decoys.SKIP),
        new Caller.Person(who.bearerToken(), who.reason()));
  }

  @Override
  public List<Optional<SealingKey>> personalUnder(
      UUID grant, Personal purpose, List<KeyRef> subjects) {
    return keyVault.unwrap(purpose(purpose), subjects, Caller.jobGrant(grant));
  }

  @Override
  public List<byte[]> tags(Contact field, List<byte[]> innerTags) {
    return keyVault.tags(tagField(field), innerTags);
  }

  @Override
  public List<byte[]> tagsForReindexing(Contact field, List<byte[]> innerTags) {
    return keyVault.tags(tagField(field), innerTags, REINDEX);
  }

  @Override
  public List<byte[]> suppressionTags(List<byte[]> tags) {
    return keyVault.tags(TagField.SUPPRESSION, tags);
  }

  private static TagField tagField(Contact field) {
    return switch (field) {
      case EMAIL -> TagField.EMAIL;
      case PHONE -> TagField.PHONE;
    };
  }

  private static SubjectKeys subject(NewKey key) {
    return new SubjectKeys(
        key.ref(),
        key.of(Purpose.IDENTITY),
        key.of(Purpose.CONTACT),
        key.of(Purpose.MASK),
        key.of(Purpose.LINK));
  }

  private static DatasetPurpose dataset(String purpose) {
    return DatasetPurpose.valueOf(purpose.toUpperCase(Locale.ROOT));
  }

  private static Purpose purpose(Personal purpose) {
    return switch (purpose) {
      case IDENTITY -> Purpose.IDENTITY;
      case CONTACT -> Purpose.CONTACT;
    };
  }
}
