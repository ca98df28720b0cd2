package org.tallykeep.analytics.backtest;

import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Where to cut the data and how far to look ahead from there.
 *
 * @param until the last day that the model may see
 */
@Schema(examples = "{\"until\": \"1997-09-30\", \"horizonDays\": 273}")
record BacktestRequest(@NotNull LocalDate until, @NotNull Integer horizonDays) {}
