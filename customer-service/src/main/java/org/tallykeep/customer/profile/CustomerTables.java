package org.tallykeep.customer.profile;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.tallykeep.customer.maintenance.Rewritable;
import org.tallykeep.customer.maintenance.ShuffledTable;

/** The whole customer side, links and tags too: its tables refer to each other. */
@Singleton
final class CustomerTables implements Rewritable {

  private static final List<ShuffledTable> TABLES =
      List.of(
          new ShuffledTable("customer", "id"),
          new ShuffledTable("customer_link", "customer_id"),
          new ShuffledTable("customer_to_mix", "customer_id"),
          new ShuffledTable("customer_to_describe", "customer_id"),
          new ShuffledTable("customer_consent", "customer_id"),
          new ShuffledTable("customer_external_id", "coalesce(tag_a, tag_b)"),
          new ShuffledTable("customer_email", "coalesce(tag_a, tag_b)"),
          new ShuffledTable("customer_phone", "coalesce(tag_a, tag_b)"),
          new ShuffledTable("customer_attribute", "coalesce(tag_a, tag_b)"),
          new ShuffledTable("customer_change", "customer_id, revision"),
          new ShuffledTable("customer_restriction", "customer_id"));

  @Override
  public String name() {
    return "customers";
  }

  @Override
  public long rewrite(Connection connection) throws SQLException {
    return ShuffledTable.rewriteAll(connection, TABLES);
  }
}
