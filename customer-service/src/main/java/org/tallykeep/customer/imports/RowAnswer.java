package org.tallykeep.customer.imports;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of one row. */
public sealed interface RowAnswer {

  /** Something new came to be that the caller may name from now on. */
  record Created(UUID id) implements RowAnswer {}

  /** Taken. */
  record Accepted() implements RowAnswer {}

  /** The very same had been taken before; nothing was done. */
  record Duplicate(@Nullable UUID id) implements RowAnswer {}

  /** Another content had been taken under this row's id; nothing was done. */
  record Conflict(String code, @Nullable String field, String detail) implements RowAnswer {}

  /** Not taken. */
  record Refused(String code, @Nullable String field, String detail) implements RowAnswer {}
}
