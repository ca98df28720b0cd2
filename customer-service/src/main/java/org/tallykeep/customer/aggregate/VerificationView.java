package org.tallykeep.customer.aggregate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A verification as told to callers. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "AggregateVerification", description = "Aggregates beside what the ledger gives.")
record VerificationView(
    UUID id,
    State state,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Schema(examples = "64") int shards,
    @Schema(description = "Shards that are compared already", examples = "64") int shardsDone,
    long pseudonyms,
    @Schema(description = "Events that count, made anew beside what is stored") long events,
    @Schema(
            description =
                "Pseudonyms not compared because they are about to be made anew; verify again later")
        long waiting,
    double pseudonymsPerSecond,
    @Schema(description = "Missing where it cannot be told") @Nullable Long secondsLeft,
    @Schema(description = "Whether everything is as it should be; missing before the end")
        @Nullable Boolean equal,
    @Schema(description = "What is not, so far") List<Finding> findings) {

  /** How far it is. */
  @Schema(name = "AggregateVerificationState")
  enum State {
    @JsonProperty("running")
    RUNNING,
    @JsonProperty("done")
    DONE,
    @JsonProperty("failed")
    FAILED
  }
}
