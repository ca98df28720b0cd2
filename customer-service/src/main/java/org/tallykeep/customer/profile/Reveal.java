package org.tallykeep.customer.profile;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.platform.Caller;
import org.tallykeep.customer.platform.Keys.Personal;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.customer.platform.Roles;

/** What a request wants to see in the clear, and whether its sender may. */
public final class Reveal {

  /** What the key service keeps of it. */
  private static final int LONGEST_REASON = 100;

  private Reveal() {}

  /**
   * The purposes asked for. The key service decides for itself again; asked here first, a refusal
   * can say what to do.
   */
  static Set<Personal> check(@Nullable String asked, @Nullable String reason, Caller caller) {
    Set<Personal> purposes = EnumSet.noneOf(Personal.class);
    if (asked == null || asked.isBlank()) {
      return purposes;
    }
    for (String name : asked.split(",", -1)) {
      purposes.add(purpose(name.strip()));
    }
    for (Personal purpose : purposes) {
      if (!mayReveal(purpose, caller)) {
        throw new Refusal.NotAllowed(
            "reveal-not-allowed", "Your role shows customers masked here; ask a data steward.");
      }
    }
    requireReason(reason);
    return purposes;
  }

  /** Why, which whoever sees something in the clear has to say. */
  public static String requireReason(@Nullable String reason) {
    if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON) {
      throw new Refusal.Incomplete(
          "purpose-missing",
          "Say why in the header Purpose, in at most " + LONGEST_REASON + " characters.");
    }
    return reason.strip();
  }

  /** Why, which whoever changes something may say. */
  static String reasonOr(@Nullable String reason, String otherwise) {
    return reason == null || reason.isBlank() ? otherwise : requireReason(reason);
  }

  /** Why, as it is written down. */
  static String reason(@Nullable String reason) {
    return reason == null ? "" : reason.strip();
  }

  private static Personal purpose(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "identity" -> Personal.IDENTITY;
      case "contact" -> Personal.CONTACT;
      default ->
          throw new Refusal.Incomplete(
              "unknown-purpose", "reveal takes identity, contact or both, separated by a comma.");
    };
  }

  private static boolean mayReveal(Personal purpose, Caller caller) {
    return switch (purpose) {
      case IDENTITY -> caller.hasRole(Roles.DATA_STEWARD);
      case CONTACT -> caller.hasRole(Roles.DATA_STEWARD) || caller.hasRole(Roles.CAMPAIGN_MANAGER);
    };
  }
}
