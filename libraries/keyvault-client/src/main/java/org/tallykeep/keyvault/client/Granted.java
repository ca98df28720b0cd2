package org.tallykeep.keyvault.client;

import java.util.UUID;

/**
 * Leave for a job.
 *
 * @param id names it when keys are asked for, and to whoever approves it
 * @param active whether it is in force; otherwise it waits for a second officer
 */
public record Granted(UUID id, boolean active) {}
