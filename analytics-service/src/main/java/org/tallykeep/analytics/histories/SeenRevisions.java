package org.tallykeep.analytics.histories;

/** The highest revision of each shard that this service has ever seen. */
interface SeenRevisions {

  /** One for each shard, 0 where none was seen. */
  long[] highest();

  /** Remembers these, in place of the lower ones only or of all. */
  void remember(long[] revisions, boolean evenIfLower);
}
