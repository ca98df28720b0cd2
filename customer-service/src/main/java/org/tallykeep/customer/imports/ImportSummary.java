package org.tallykeep.customer.imports;

/**
 * The last line of an import that was read to its end.
 *
 * @param rows lines that held something
 * @param accepted newly taken or created
 * @param duplicate taken before with the same content
 * @param refused not taken, the conflicts among them
 * @param conflict known before with another content
 */
public record ImportSummary(long rows, long accepted, long duplicate, long refused, long conflict) {

  static final ImportSummary NONE = new ImportSummary(0, 0, 0, 0, 0);

  ImportSummary with(RowAnswer answer) {
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
