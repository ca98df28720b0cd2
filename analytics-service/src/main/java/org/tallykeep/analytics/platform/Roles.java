package org.tallykeep.analytics.platform;

/** The realm roles that this service knows. */
public final class Roles {

  public static final String MARKETER = "marketer";
  public static final String CAMPAIGN_MANAGER = "campaign-manager";
  public static final String DATA_STEWARD = "data-steward";
  public static final String SECURITY_OFFICER = "security-officer";

  /** A service's own account; which service, {@link CallingService} tells. */
  public static final String KEY_CLIENT = "key-client";

  private Roles() {}
}
