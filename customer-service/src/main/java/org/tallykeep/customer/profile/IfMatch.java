package org.tallykeep.customer.profile;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.platform.Refusal;

/**
 * Which revision of a customer a change is of. What is shown of a revision has several tags, by
 * what is revealed; each of them will do.
 *
 * @param any whichever there is
 */
record IfMatch(boolean any, Set<Integer> revisions) {

  /** The whole of a list of tags, or one tag after the other. */
  private static final Pattern TAG = Pattern.compile("\\s*(W/)?\"([^\"]*)\"\\s*(?:,|$)");

  private static final Pattern OF_REVISION = Pattern.compile("([0-9]{1,7})-[a-z+]+");

  static IfMatch of(@Nullable String header) {
    if (header == null || header.isBlank()) {
      throw new Refusal.Unconditional(
          "precondition-required",
          "Read the customer and send its ETag in If-Match, so that no other change is lost.");
    }
    Set<Integer> revisions = new HashSet<>();
    Matcher tags = TAG.matcher(header);
    while (tags.find()) {
      Matcher revision = OF_REVISION.matcher(tags.group(2));
      // A weak tag never matches here (RFC 9110, 13.1.1).
      if (tags.group(1) == null && revision.matches()) {
        revisions.add(Integer.valueOf(revision.group(1)));
      }
    }
    return new IfMatch(header.strip().equals("*"), revisions);
  }

  /** Refuses a customer who is at another revision. */
  void require(CustomerRow row) {
    if (!any && !revisions.contains(row.revision())) {
      throw new Refusal.Outdated(
          "changed-since", "The customer was changed since: read it again and repeat your change.");
    }
  }
}
