package org.tallykeep.customer.imports;

import java.util.List;

/**
 * What became of the rows of an import so far; its last line once it was read to its end.
 *
 * @param rows lines that held something
 * @param accepted newly taken or created
 * @param duplicate taken before with the same content
 * @param refused not taken, the conflicts among them
 * @param conflict known before with another content
 */
public record ImportSummary(long rows, long accepted, long duplicate, long refused, long conflict) {

  /** Before the first row. */
  static final ImportSummary NONE = new ImportSummary(0, 0, 0, 0, 0);

  /** With these rows behind those before. */
  public ImportSummary with(List<Batch.Answered> answers) {
    ImportSummary summary = this;
    for (Batch.Answered answered : answers) {
      summary = summary.with(answered.answer());
    }
    return summary;
  }

  private ImportSummary with(RowAnswer answer) {
    long seen = rows + 1;
    return switch (answer) {
      case RowAnswer.Created _, RowAnswer.Accepted _ ->
          new ImportSummary(seen, accepted + 1, duplicate, refused, conflict);
      case RowAnswer.Duplicate _ ->
          new ImportSummary(seen, accepted, duplicate + 1, refused, conflict);
      case RowAnswer.Conflict _ ->
          new ImportSummary(seen, accepted, duplicate, refused + 1, conflict + 1);
      case RowAnswer.Refused _ ->
          new ImportSummary(seen, accepted, duplicate, refused + 1, conflict);
    };
  }
}
