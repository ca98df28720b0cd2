package org.tallykeep.customer.erasure;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.platform.DatasetRecords;
import org.tallykeep.envelope.AssociatedData;

/**
 * An erasure on its way. What is done of it stands in it, so that whoever finds it goes on from
 * there.
 *
 * @param revision counts its steps
 */
record Erasure(UUID id, UUID customer, int revision, Request request, Progress progress) {

  private static final String PURPOSE = "ledger";
  private static final CBORMapper CBOR = new CBORMapper();

  /** What a privacy officer asked for; order and version are part of the format. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  @JsonPropertyOrder({"version", "mode", "time", "by", "reason", "caseId"})
  record Request(
      int version, Mode mode, long time, String by, String reason, @Nullable String caseId) {

    static final int VERSION = 1;

    /** Leaves all texts out: they are the officer's own. */
    @Override
    public String toString() {
      return "Request[" + mode + "]";
    }
  }

  /**
   * What is left to be done, and the receipts of what was.
   *
   * @param purchaser until nothing is left of it; none if it could not be known
   */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  @JsonPropertyOrder({
    "subjectKey",
    "purchaser",
    "pseudonymKey",
    "subjectReceipt",
    "pseudonymReceipt",
    "ended"
  })
  record Progress(
      UUID subjectKey,
      @Nullable UUID purchaser,
      @Nullable UUID pseudonymKey,
      @Nullable String subjectReceipt,
      @Nullable String pseudonymReceipt,
      @Nullable Long ended) {

    static Progress begin(UUID subjectKey, @Nullable UUID purchaser, @Nullable UUID pseudonymKey) {
      return new Progress(subjectKey, purchaser, pseudonymKey, null, null, null);
    }

    Progress withSubjectReceipt(String receipt) {
      return new Progress(subjectKey, purchaser, pseudonymKey, receipt, pseudonymReceipt, ended);
    }

    Progress withPseudonymReceipt(String receipt) {
      return new Progress(subjectKey, purchaser, pseudonymKey, subjectReceipt, receipt, ended);
    }

    /** Nothing that ties the two sides is kept when nothing is left to be done. */
    Progress endedAt(Instant now) {
      return new Progress(
          subjectKey, null, null, subjectReceipt, pseudonymReceipt, now.getEpochSecond());
    }

    @Override
    public String toString() {
      return "Progress";
    }
  }

  /** Both parts as they are sealed. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  @JsonPropertyOrder({"request", "progress"})
  private record Content(Request request, Progress progress) {
    @Override
    public String toString() {
      return "Content";
    }
  }

  boolean isDone() {
    return progress.ended != null;
  }

  /** The same, a step further. */
  Erasure with(Progress next) {
    return new Erasure(id, customer, revision + 1, request, next);
  }

  byte[] seal(DatasetRecords records) {
    try {
      return records.seal(
          PURPOSE, place(id, revision), CBOR.writeValueAsBytes(new Content(request, progress)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Erasure open(DatasetRecords records, ErasureRepository.Row row) {
    try {
      byte[] payload = records.open(PURPOSE, place(row.id(), row.revision()), row.sealed());
      Content content = CBOR.readValue(payload, Content.class);
      return new Erasure(
          row.id(), row.customer(), row.revision(), content.request, content.progress);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static AssociatedData place(UUID id, int revision) {
    return AssociatedData.of("erasure", id, PURPOSE, revision);
  }

  @Override
  public String toString() {
    return "Erasure[" + id + "]";
  }
}
