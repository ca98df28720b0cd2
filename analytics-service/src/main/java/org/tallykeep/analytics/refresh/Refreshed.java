package org.tallykeep.analytics.refresh;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a refresh found.
 *
 * @param histories how many are in memory now
 * @param changed how many of them were new or changed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Refreshed(
    int histories, long changed, @Nullable LocalDate dataThrough, String modelVersion) {}
