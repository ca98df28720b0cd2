package org.tallykeep.aggregates;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** What was bought and where it belongs, in the retailer's own codes. */
public record Product(String code, @Nullable String category, @Nullable String department)
    implements Comparable<Product> {

  private static final Comparator<Product> ORDER =
      Comparator.comparing(Product::code)
          .thenComparing(
              Product::category, Comparator.nullsFirst(Comparator.<String>naturalOrder()))
          .thenComparing(
              Product::department, Comparator.nullsFirst(Comparator.<String>naturalOrder()));

  @Override
  public int compareTo(Product other) {
    return ORDER.compare(this, other);
  }

  /** Leaves the names out. */
  @Override
  public String toString() {
    return "Product[…]";
  }
}
