package org.tallykeep.customer.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A job as told to callers. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ImportJob", description = "An import that was uploaded and is taken afterwards.")
record JobView(
    UUID id,
    @Schema(enumeration = {"customers", "purchases"}) String kind,
    JobState state,
    @Nullable Instant submittedAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Schema(description = "Bytes of the body as it was sent") long bytesTotal,
    long bytesDone,
    long rows,
    @Schema(description = "Newly taken, created or updated") long accepted,
    @Schema(description = "Taken before with the same content") long duplicate,
    @Schema(description = "Not taken, the conflicts among them") long refused,
    long conflict,
    @Nullable Double rowsPerSecond,
    @Schema(description = "Missing where it cannot be told") @Nullable Long secondsLeft,
    @Nullable JobProblem problem) {

  /** Why a job failed. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "ImportJobProblem")
  record JobProblem(String type, String detail, @Nullable Long line) {
    static JobProblem of(Job.Failure failure) {
      return new JobProblem(
          "urn:tallykeep:problem:" + failure.problem(),
          switch (failure.problem()) {
            case "gzip-broken" -> "The gzip data is damaged or truncated. Rows before it are kept.";
            case "line-too-long" -> "A row is longer than 1 MiB. Rows before it are kept.";
            case "unpacks-to-too-much" ->
                "The file unpacks to more than a hundred times its size. Rows before are kept.";
            case "all-refused" ->
                "The first 10,000 rows were all refused: look at the errors, mend the file and send"
                    + " it again.";
            case "quote-not-closed" -> "A quote is opened and not closed. Rows before it are kept.";
            default -> "The job could not go on. Rows before are kept; send the file again.";
          },
          failure.line() == 0 ? null : failure.line());
    }
  }

  static JobView of(Job job, Instant now) {
    Instant started = job.times().started();
    Instant until = job.times().ended() == null ? now : job.times().ended();
    Double perSecond = null;
    Long left = null;
    if (started != null && until != null) {
      double seconds = Math.max(1, Duration.between(started, until).toMillis()) / 1000.0;
      perSecond = Math.round(10 * job.counts().rows() / seconds) / 10.0;
      if (!job.state().ended() && job.bytesDone() > 0) {
        left =
            (long)
                Math.ceil(
                    seconds * (job.bytesTotal() - job.bytesDone()) / (double) job.bytesDone());
      }
    }
    Job.Failure failure = job.failure();
    return new JobView(
        job.id(),
        job.kind(),
        job.state(),
        job.times().submitted(),
        started,
        job.times().ended(),
        job.bytesTotal(),
        job.bytesDone(),
        job.counts().rows(),
        job.counts().accepted(),
        job.counts().duplicate(),
        job.counts().refused(),
        job.counts().conflict(),
        perSecond,
        left,
        failure == null ? null : JobProblem.of(failure));
  }
}
