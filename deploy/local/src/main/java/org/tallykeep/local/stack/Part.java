package org.tallykeep.local.stack;

import java.util.Locale;

/** What a stack is made of, in the order in which it is ended. */
public enum Part {
  CUSTOMER_SERVICE("customer-service", 0),
  ANALYTICS_SERVICE("analytics-service", 1),
  KEYVAULT_SERVICE("keyvault-service", 2),
  KEYCLOAK("Keycloak", 3),
  VAULT("Vault", 5),
  POSTGRESQL("PostgreSQL", 4);

  /** Vault's members would talk to each other here; it is alone. */
  static final int VAULT_CLUSTER_OFFSET = 6;

  private final String label;
  private final int offset;

  Part(String label, int offset) {
    this.label = label;
    this.offset = offset;
  }

  public String label() {
    return label;
  }

  public int port(int base) {
    return base + offset;
  }

  public String url(int base) {
    String scheme = this == POSTGRESQL ? "postgresql" : "http";
    return scheme + "://127.0.0.1:" + port(base);
  }

  /** In file names. */
  String slug() {
    return label.toLowerCase(Locale.ROOT);
  }

  boolean isService() {
    return label.endsWith("-service");
  }
}
