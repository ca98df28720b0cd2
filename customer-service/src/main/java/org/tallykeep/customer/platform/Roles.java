package org.tallykeep.customer.platform;

/** The roles that this service knows. */
public final class Roles {

  public static final String MARKETER = "marketer";
  public static final String CAMPAIGN_MANAGER = "campaign-manager";
  public static final String DATA_STEWARD = "data-steward";
  public static final String PRIVACY_OFFICER = "privacy-officer";
  public static final String SECURITY_OFFICER = "security-officer";

  /** A machine that sends purchases and profiles in. */
  public static final String INGEST = "ingest";

  private Roles() {}
}
