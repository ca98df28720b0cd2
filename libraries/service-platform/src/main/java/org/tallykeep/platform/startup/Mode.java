package org.tallykeep.platform.startup;

/** {@code tallykeep.mode}: where this service runs, and so what it may not be lenient about. */
public enum Mode {
  /** The default: severe findings stop the start. */
  PRODUCTION,
  /** One machine, nothing of value: findings are one line in the log. */
  LOCAL
}
