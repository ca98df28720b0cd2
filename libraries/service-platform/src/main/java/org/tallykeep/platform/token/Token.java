package org.tallykeep.platform.token;

import java.time.Instant;

/** An access token and its end. */
record Token(String value, Instant expiry) {

  @Override
  public String toString() {
    return "Token[until " + expiry + "]";
  }
}
