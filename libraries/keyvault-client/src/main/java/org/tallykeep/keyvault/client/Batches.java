package org.tallykeep.keyvault.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tallykeep.keyvault.client.transport.KeyService;

/** Long lists in as many requests as the key service wants. */
final class Batches {

  private Batches() {}

  /** The answers in the order of the items; each batch must be answered item by item. */
  static <T, R> List<R> of(List<T> items, Function<List<T>, List<R>> request) {
    List<R> answers = new ArrayList<>(items.size());
    for (int from = 0; from < items.size(); from += KeyService.LARGEST_BATCH) {
      int to = Math.min(items.size(), from + KeyService.LARGEST_BATCH);
      List<R> batch = request.apply(items.subList(from, to));
      if (batch.size() != to - from) {
        throw new IllegalStateException("The key service answered another number of entries");
      }
      answers.addAll(batch);
    }
    return answers;
  }
}
