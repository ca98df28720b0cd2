package org.tallykeep.customer.jobs;

import java.util.List;
import org.tallykeep.customer.imports.Batch;
import org.tallykeep.customer.imports.RowAnswer;

/** What became of the rows so far; conflicts are among the refused. */
record Counts(long rows, long accepted, long duplicate, long refused, long conflict) {

  Counts plus(List<Batch.Answered> answers) {
    long taken = accepted;
    long known = duplicate;
    long not = refused;
    long contradicting = conflict;
    for (Batch.Answered answered : answers) {
      switch (answered.answer()) {
        case RowAnswer.Created _, RowAnswer.Accepted _ -> taken++;
        case RowAnswer.Duplicate _ -> known++;
        case RowAnswer.Refused _ -> not++;
        case RowAnswer.Conflict _ -> {
          not++;
          contradicting++;
        }
      }
    }
    return new Counts(rows + answers.size(), taken, known, not, contradicting);
  }
}
