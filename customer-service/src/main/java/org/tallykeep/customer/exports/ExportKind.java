package org.tallykeep.customer.exports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.imports.CsvOutput;
import org.tallykeep.customer.jobs.JobKey;

/** Something that can be exported. */
interface ExportKind {

  /** What callers name it by. */
  String name();

  /** How many rows there are. */
  long count();

  /** Grows when rows move to other places: an export goes on only while none does. */
  default long moved() {
    return 0;
  }

  /** Its rows as CSV. */
  CsvOutput csv();

  /**
   * The rows behind a position, few enough for memory.
   *
   * @param key of the job
   */
  Page page(ExportJob job, ExportJob.Position behind, JobKey key);

  /**
   * Some rows, as they would be sent.
   *
   * @param seen how many were looked at
   * @param last behind which to go on; null if there was none
   */
  record Page(List<ObjectNode> rows, int seen, ExportJob.@Nullable Position last) {
    /** Says nothing of the rows. */
    @Override
    public String toString() {
      return "Page[" + seen + "]";
    }
  }
}
