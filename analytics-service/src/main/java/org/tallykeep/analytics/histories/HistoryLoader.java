package org.tallykeep.analytics.histories;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.tallykeep.aggregates.HistoryStream;
import org.tallykeep.aggregates.HistoryStreamReader;

/**
 * Reads the stream of sealed histories onto a snapshot and gives a new one, only when the stream
 * has come to its end and every manifest accounts for exactly the rows that are then there.
 * Whatever happens before that, the snapshot given stays as it is.
 */
final class HistoryLoader {

  private final HistorySource source;
  private final HistoryKeys keys;

  HistoryLoader(HistorySource source, HistoryKeys keys) {
    this.source = source;
    this.keys = keys;
  }

  /**
   * What came of it.
   *
   * @param histories the same as before when nothing is new
   * @param read the number of rows read
   */
  record Loaded(Histories histories, long[] revisions, long read) {}

  /**
   * @param remembered the highest revision of each shard seen before: none may be lower now
   * @throws UnaccountedHistoriesException when rows are missing, exchanged or set back
   * @throws org.tallykeep.aggregates.AggregateFormatException when the stream is damaged or broke
   *     off
   */
  Loaded load(Histories before, long[] remembered) throws IOException {
    try (InputStream stream = source.open(before.cursor())) {
      HistoryStreamReader reader = new HistoryStreamReader(stream);
      HistoryStream.Header header = reader.header();
      Manifests manifests = Manifests.checked(header, keys, remembered);
      Merge merge = new Merge(before, manifests, keys);
      Optional<HistoryStream.Row> row = reader.next();
      while (row.isPresent()) {
        merge.put(row.get());
        row = reader.next();
      }
      return new Loaded(merge.finish(header.cursor()), manifests.revisions(), merge.read());
    }
  }
}
