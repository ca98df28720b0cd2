package org.tallykeep.customer.profile;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;
import org.tallykeep.customer.imports.RowRefusedException;

/** E-mail addresses: what is taken for one, and the one spelling under which it is looked up. */
final class Emails {

  private static final int LONGEST = 254;
  private static final int LONGEST_LOCAL = 64;
  private static final Pattern LOCAL = Pattern.compile("[^\\s@\"(),:;<>\\[\\\\\\]]+");
  private static final Pattern DOMAIN =
      Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]{2,63}");

  private Emails() {}

  /** The address as given, if it can be one. */
  static String check(String email, String field) {
    if (email.length() > LONGEST || normalised(email).isEmpty()) {
      throw new RowRefusedException("invalid-email", field, "not an e-mail address");
    }
    return email;
  }

  /** Lower case, the domain in ASCII; empty if this is no address. */
  static String normalised(String email) {
    int at = email.lastIndexOf('@');
    if (at < 1 || at > LONGEST_LOCAL) {
      return "";
    }
    String local = email.substring(0, at).toLowerCase(Locale.ROOT);
    String domain = asciiDomain(email.substring(at + 1));
    boolean valid = LOCAL.matcher(local).matches() && DOMAIN.matcher(domain).matches();
    return valid ? local + "@" + domain : "";
  }

  private static String asciiDomain(String domain) {
    try {
      return IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
