/** Budgets under load, over time and with several replicas. */
@NullMarked
package org.tallykeep.keyvault.budget;

import org.jspecify.annotations.NullMarked;
