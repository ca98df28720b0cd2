package org.tallykeep.customer.exports;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far an export has come. */
enum ExportState {
  /** A second officer has to approve its grant. */
  WAITING_FOR_APPROVAL,
  WAITING,
  RUNNING,
  /** Its file can be fetched. */
  DONE,
  CANCELLED,
  FAILED,
  /** It was done, and its file is gone. */
  EXPIRED;

  boolean ended() {
    return switch (this) {
      case WAITING_FOR_APPROVAL, WAITING, RUNNING -> false;
      case DONE, CANCELLED, FAILED, EXPIRED -> true;
    };
  }

  /** As in the table and in answers. */
  @JsonValue
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static ExportState of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
