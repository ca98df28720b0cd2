package org.tallykeep.customer.aggregate;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what is found in one shard. */
final class Findings {

  private final int shard;
  private final Map<String, Map<Finding.What, Long>> counts = new TreeMap<>();

  Findings(int shard) {
    this.shard = shard;
  }

  void add(String dataset, Finding.What what, long rows) {
    if (rows > 0) {
      counts
          .computeIfAbsent(dataset, absent -> new EnumMap<>(Finding.What.class))
          .merge(what, rows, Long::sum);
    }
  }

  List<Finding> all() {
    return counts.entrySet().stream()
        .flatMap(
            dataset ->
                dataset.getValue().entrySet().stream()
                    .map(
                        found ->
                            new Finding(dataset.getKey(), shard, found.getKey(), found.getValue())))
        .toList();
  }
}
