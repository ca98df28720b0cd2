package org.tallykeep.customer.imports;

/** Makes a row of the text of one line. */
@FunctionalInterface
public interface RowReader<T> {

  /**
   * @throws RowRefusedException when the line is no such row
   */
  T read(byte[] line);
}
