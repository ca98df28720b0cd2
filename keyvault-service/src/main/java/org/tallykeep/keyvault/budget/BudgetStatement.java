package org.tallykeep.keyvault.budget;

import java.util.Map;

/** What an account may spend and has spent, over each window that ends now. */
public record BudgetStatement(Account account, Limits limits, Map<Window, Long> spent) {}
