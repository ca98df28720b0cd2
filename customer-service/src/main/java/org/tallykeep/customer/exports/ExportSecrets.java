package org.tallykeep.customer.exports;

import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.jobs.JobKey;
import org.tallykeep.customer.jobs.Repetitions;
import org.tallykeep.customer.platform.DatasetRecords;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.envelope.AssociatedData;

/** What of exports is sealed or tagged beside their files. */
@Singleton
final class ExportSecrets {

  private static final String PURPOSE = "ledger";
  private static final int LONGEST_NAME = 200;

  /** No caller of a request is called that: theirs have a space in them. */
  private static final String OWNERS = "export-owner";

  private final DatasetRecords records;
  private final Keys keys;
  private final Repetitions tags;
  private final SecureRandom random;

  ExportSecrets(DatasetRecords records, Keys keys, Repetitions tags, SecureRandom random) {
    this.records = records;
    this.keys = keys;
    this.tags = tags;
    this.random = random;
  }

  /** A new key of a job, sealed as it is stored. */
  byte[] newKey(UUID job) {
    JobKey.Made made = JobKey.ofJob(keys, JobKey.Use.EXPORT, job, random);
    made.key().close();
    return made.sealed();
  }

  /**
   * The key of a job.
   *
   * @throws Refusal.Conflict if what it is under does not come: an incident's answer, most likely
   */
  JobKey key(UUID job, byte[] sealed) {
    return JobKey.ofJob(keys, JobKey.Use.EXPORT, job, sealed)
        .orElseThrow(
            () ->
                new Refusal.Conflict(
                    "staged-key-gone", "What was written opens no more. Ask for it again."));
  }

  byte[] sealReason(UUID job, String reason) {
    return records.seal(PURPOSE, place(job), reason.getBytes(StandardCharsets.UTF_8));
  }

  String reason(ExportJob job) {
    return new String(records.open(PURPOSE, place(job.id()), job.reason()), StandardCharsets.UTF_8);
  }

  /** The tag of a person. */
  byte[] owner(String person) {
    return tags.tag(OWNERS, person);
  }

  /** The tag of a request, empty if it does not name itself. */
  byte[] repetition(String caller, @Nullable String name) {
    if (name == null) {
      return new byte[0];
    }
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw new Refusal.Malformed(
          "malformed-header", "Idempotency-Key", "1 to " + LONGEST_NAME + " characters.");
    }
    return tags.tag(caller + " export", name);
  }

  /** What a purchaser without a name is called in the file of a job, and nowhere else. */
  static String unnamed(JobKey key, UUID purchaser) {
    byte[] id =
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(purchaser.getMostSignificantBits())
            .putLong(purchaser.getLeastSignificantBits())
            .array();
    ByteBuffer code = ByteBuffer.wrap(key.tag(id));
    return "unnamed:" + new UUID(code.getLong(), code.getLong());
  }

  private static AssociatedData place(UUID job) {
    return AssociatedData.of("export_job", job, "reason", 1);
  }
}
