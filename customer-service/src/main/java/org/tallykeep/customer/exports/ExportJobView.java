package org.tallykeep.customer.exports;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An export as told to the person who asked for it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ExportJob", description = "An export that is made and can then be fetched.")
record ExportJobView(
    UUID id,
    @Schema(enumeration = {"customers", "purchases"}) String kind,
    @Schema(enumeration = {"ndjson", "csv"}) String format,
    boolean gzip,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> purposes,
    @Nullable LocalDate from,
    @Nullable LocalDate to,
    boolean portable,
    @Schema(description = "Why, as it was stated") String purpose,
    ExportState state,
    @Schema(description = "What a security officer has to approve: POST /v1/grants/{id}/approval")
        @Nullable UUID grant,
    Instant submittedAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Schema(description = "When the file is gone") @Nullable Instant expiresAt,
    @Schema(description = "How many there were when it was asked for") long total,
    @Schema(description = "In the file") long rows,
    @Schema(
            description =
                "Those of them that CSV cannot hold whole: a second address, a value with | in it,"
                    + " an attribute declared since")
        long incomplete,
    @Schema(description = "Length of the file so far") long bytes,
    @Nullable Double rowsPerSecond,
    @Schema(description = "Missing where it cannot be told") @Nullable Long secondsLeft,
    @Nullable ExportProblem problem) {

  /** Why it failed. */
  @Schema(name = "ExportJobProblem")
  record ExportProblem(String type, String detail) {
    static ExportProblem of(String name) {
      return new ExportProblem(
          "urn:tallykeep:problem:" + name,
          switch (name) {
            case ExportWorker.GRANT_ENDED ->
                "The grant was used up, has ended or was cancelled. There is no file.";
            case "too-much-staged" ->
                "The files of exports are as many as this service keeps. Ask again later.";
            case "pseudonyms-renewed" ->
                "Pseudonyms were renewed meanwhile. Ask for the export again when that is over.";
            case "too-many-customers" -> "More customers than this service remembers at once.";
            default -> "The export could not go on, and left no file. Ask for it again.";
          });
    }
  }

  static ExportJobView of(ExportJob job, String reason, Instant now) {
    ExportWish wish = job.wish();
    ExportJob.Progress progress = job.progress();
    Double seconds = seconds(job.times(), now);
    boolean waits = job.state() == ExportState.WAITING_FOR_APPROVAL;
    String problem = job.problem();
    return new ExportJobView(
        job.id(),
        wish.kind(),
        wish.csv() ? "csv" : "ndjson",
        wish.gzip(),
        wish.purposes().stream()
            .map(each -> each.name().toLowerCase(Locale.ROOT))
            .sorted()
            .toList(),
        wish.days().from(),
        wish.days().to(),
        wish.portable(),
        reason,
        job.state(),
        waits ? job.grant().orElse(null) : null,
        job.times().submitted(),
        job.times().started(),
        job.times().ended(),
        job.times().expires(),
        job.total(),
        progress.rows(),
        progress.incomplete(),
        progress.bytes(),
        seconds == null ? null : Math.round(10 * progress.rows() / seconds) / 10.0,
        seconds == null || job.state().ended() ? null : left(job, seconds),
        problem == null ? null : ExportProblem.of(problem));
  }

  private static @Nullable Double seconds(ExportJob.Times times, Instant now) {
    Instant started = times.started();
    Instant ended = times.ended();
    return started == null
        ? null
        : Math.max(1, Duration.between(started, ended == null ? now : ended).toMillis()) / 1000.0;
  }

  private static @Nullable Long left(ExportJob job, double seconds) {
    long seen = job.progress().seen();
    return seen == 0
        ? null
        : (long) Math.ceil(seconds * Math.max(0, job.total() - seen) / (double) seen);
  }
}
