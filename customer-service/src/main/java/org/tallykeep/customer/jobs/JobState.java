package org.tallykeep.customer.jobs;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a job has come. */
enum JobState {
  /** Its body still comes in; nobody is told of it yet. */
  UPLOADING,
  WAITING,
  RUNNING,
  DONE,
  CANCELLED,
  FAILED;

  boolean ended() {
    return switch (this) {
      case UPLOADING, WAITING, RUNNING -> false;
      case DONE, CANCELLED, FAILED -> true;
    };
  }

  /** As in the table and in answers. */
  @JsonValue
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static JobState of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
