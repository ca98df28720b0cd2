package org.tallykeep.analytics.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What there is to know about a model: what it was fitted to and how well that went. No person and
 * no single history is in it.
 *
 * @param modelVersion the same for the same data and parameters, wherever and whenever fitted
 * @param asOf the day up to which customers were observed
 * @param gradientNorm the slope left at the maximum, see {@link org.tallykeep.models.FitOutcome}
 * @param condition null when the data leave a direction undetermined
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "What a model was fitted to and how well that went.")
public record ModelCard(
    @Schema(examples = "bg-nbd") String model,
    @Schema(examples = "bg-nbd-1998-06-30-5d41402abc4b") String modelVersion,
    boolean eligible,
    @Schema(description = "Why there is no model; absent when there is one.")
        @Nullable String reason,
    @Nullable LocalDate asOf,
    @Nullable LocalDate dataThrough,
    Instant fittedAt,
    @Schema(examples = "2357") long customers,
    long repeatBuyers,
    long repeatPurchases,
    Map<String, Double> parameters,
    @Nullable Double logLikelihood,
    @Nullable Double gradientNorm,
    @Nullable Double condition,
    @Nullable Integer evaluations) {}
