package org.tallykeep.customer.platform;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.envelope.BlindIndexKey;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.MacKey;
import org.tallykeep.envelope.SealingKey;
import org.tallykeep.keyvault.client.Granted;

/**
 * Every key this service may ask the key service for, by what it is for; there is no other way to a
 * key.
 *
 * <p>Lists answer in the order asked; an empty place is a key that is unknown or destroyed, which
 * nobody can tell apart. Handles of data sets and links are shared and stay open: callers do not
 * close them. All other handles are the caller's, live for one piece of work and are closed by it.
 */
public interface Keys {

  /** The current key of a data set ({@code ledger}, {@code aggregate}), with messages left. */
  SealingKey sealing(String datasetPurpose);

  /** The key of a data set that a record's header names, for opening. */
  SealingKey opening(String datasetPurpose, KeyRef ref);

  /** The newest key of the index. */
  BlindIndexKey index();

  /**
   * Makes the tags of external and event ids, and our half of those of e-mail and phone, under one
   * version.
   *
   * @throws org.tallykeep.keyvault.client.KeyNotKnownException if it is destroyed
   */
  BlindIndexKey index(int version);

  /** Authenticates the manifests of aggregates. */
  MacKey manifest();

  /** The key that a manifest names. */
  MacKey manifest(KeyRef ref);

  /** New keys of customers, each with all that a new customer's rows are sealed with. */
  List<SubjectKeys> createSubjects(int count);

  /**
   * The same for customers who do not exist. Only the key service knows them afterwards, and
   * freezes whoever opens personal values of one.
   */
  List<SubjectKeys> createDecoys(int count);

  /** New keys of purchasers, as handles for {@code reidentify}. */
  List<SealingKey> createPseudonyms(int count);

  /** Keys from customer to pseudonym. */
  List<Optional<SealingKey>> links(List<KeyRef> subjects);

  /** Keys of what anyone with a role may see of a customer. */
  List<Optional<SealingKey>> masks(List<KeyRef> subjects);

  /** Keys from pseudonym to customer, under the standing grant of the mixer. */
  List<Optional<SealingKey>> reidentifyForMixing(List<KeyRef> pseudonyms);

  /** Keys of personal values, under the standing grant of imports. */
  List<Optional<SealingKey>> personalForImport(Personal purpose, List<KeyRef> subjects);

  /** Keys of personal values, under the standing grant of whoever makes tags anew. */
  List<Optional<SealingKey>> personalForReindexing(Personal purpose, List<KeyRef> subjects);

  /**
   * Keys that are being replaced, in whichever version, under the standing grant of whoever seals
   * anew.
   */
  List<Optional<SealingKey>> forResealing(Part part, List<KeyRef> keys);

  /** Keys of personal values for a person; the key service sees who asks, and writes down why. */
  List<Optional<SealingKey>> personalFor(Asking who, Personal purpose, List<KeyRef> subjects);

  /**
   * Leave for a job that opens personal values of a few customers in a person's name, within ten
   * minutes; the person's budget is charged at once.
   *
   * @param job what it is called in the audit
   * @param mostRecords for each of identity and contact
   */
  Granted submit(Asking who, String job, int mostRecords);

  /**
   * Leave for an export of customers in a person's name, which passes over decoys; the person's
   * budget is charged at once.
   *
   * @param mostRecords for each of the purposes
   * @param notAfter at most 24 hours from now
   */
  Granted submitExport(Asking who, Set<Personal> purposes, long mostRecords, Instant notAfter);

  /** Keys of personal values under a job's grant. */
  List<Optional<SealingKey>> personalUnder(UUID grant, Personal purpose, List<KeyRef> subjects);

  /**
   * Who wants to see personal values, and why.
   *
   * @param reason at most 100 characters
   */
  record Asking(String bearerToken, String reason) {
    /** Neither. */
    @Override
    public String toString() {
      return "Asking";
    }
  }

  /** The key service's half of look-up tags, from our half. */
  List<byte[]> tags(Contact field, List<byte[]> innerTags);

  /** The same, under the standing grant of whoever makes tags anew. */
  List<byte[]> tagsForReindexing(Contact field, List<byte[]> innerTags);

  /** What marks of erased customers are made of tags, by a key that is never rotated. */
  List<byte[]> suppressionTags(List<byte[]> tags);

  /** Purposes that need a person or a grant. */
  enum Personal {
    IDENTITY,
    CONTACT
  }

  /** What is sealed under the keys of customers and, the last, of purchasers. */
  enum Part {
    IDENTITY,
    CONTACT,
    MASK,
    LINK,
    REIDENTIFY
  }

  /** Contact fields that can be looked up. */
  enum Contact {
    EMAIL,
    PHONE
  }
}
