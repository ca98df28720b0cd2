package org.tallykeep.keyvault.audit;

import org.tallykeep.envelope.KeyRef;

/**
 * A key in the audit.
 *
 * @param released whether it was handed out, or only asked for
 */
public record AuditedKey(KeyRef ref, boolean released) {}
