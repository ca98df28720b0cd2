package org.tallykeep.keyvault.budget;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A budget raised for a while.
 *
 * @param limits the whole limits, not what is added
 * @param approvedBy the officer whose approval put it in force; empty while one is waited for
 */
public record Raise(
    UUID id,
    Account account,
    Limits limits,
    String reason,
    String askedBy,
    Instant notAfter,
    Optional<String> approvedBy) {}
