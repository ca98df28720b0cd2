package org.tallykeep.analytics.histories;

import java.io.IOException;
import java.io.InputStream;
import org.tallykeep.aggregates.RevisionCursor;

/** Where the stream of sealed histories comes from. */
interface HistorySource {

  /** What is newer than the cursor, with the manifests of everything. The caller closes it. */
  InputStream open(RevisionCursor after) throws IOException;
}
