package org.tallykeep.system.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.tallykeep.aggregates.Dataset;
import org.tallykeep.aggregates.PurchaseHistory;
import org.tallykeep.aggregates.SalesSeries;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.SealedRecord;
import org.tallykeep.envelope.SealingKey;
import org.tallykeep.local.parts.Database;

/**
 * The truth behind the sealed rows, opened outside the services with the key that the analytics
 * service may have.
 */
public final class OpenedHistories {

  private static final String CUSTOMER = "customer-service";

  private OpenedHistories() {}

  /** Every purchase history in the customer service's database, by pseudonym. */
  public static Map<UUID, PurchaseHistory> of(Suite suite) {
    return in(suite.database(CUSTOMER), suite);
  }

  /** The same of another database, whose keys are the suite's. */
  public static Map<UUID, PurchaseHistory> in(Database database, Suite suite) {
    return opened(database, suite, Dataset.PURCHASE_HISTORY, PurchaseHistory::decode);
  }

  /** What was sold, by level, name and day, over all shards. */
  public static Map<String, SalesSeries.Day> sales(Suite suite) {
    Map<String, SalesSeries.Day> sales = new TreeMap<>();
    for (SalesSeries series :
        opened(suite.database(CUSTOMER), suite, Dataset.SALES_SERIES, SalesSeries::decode)
            .values()) {
      for (SalesSeries.Day day : series.days()) {
        sales.merge(
            series.level() + " " + series.name() + " " + day.epochDay(),
            day,
            SalesSeries.Day::plus);
      }
    }
    sales.values().removeIf(SalesSeries.Day::isNothing);
    return sales;
  }

  private static <T> Map<UUID, T> opened(
      Database database, Suite suite, Dataset dataset, Function<byte[], T> decode) {
    Map<KeyRef, SealingKey> keys = keys(suite);
    Map<UUID, T> opened = new HashMap<>();
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT id, revision, sealed FROM " + dataset.kind())) {
      while (rows.next()) {
        UUID id = rows.getObject(1, UUID.class);
        byte[] sealed = rows.getBytes(3);
        SealingKey key = keys.get(SealedRecord.keyOf(sealed));
        if (key == null) {
          throw new AssertionError("A row names a key that the data set does not have");
        }
        opened.put(id, decode.apply(key.open(dataset.associatedData(id, rows.getLong(2)), sealed)));
      }
      return opened;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      keys.values().forEach(SealingKey::close);
    }
  }

  private static Map<KeyRef, SealingKey> keys(Suite suite) {
    String token = suite.keycloak().serviceToken("analytics-service");
    Reply reply =
        Client.of(suite.keyvault(), token).post("/v1/dataset-keys/aggregate/unwrap", "{}");
    assertThat(reply.status()).isEqualTo(200);
    Map<KeyRef, SealingKey> keys = new HashMap<>();
    for (JsonNode key : reply.json().path("keys")) {
      KeyRef ref =
          new KeyRef(UUID.fromString(key.path("id").asText()), key.path("version").asInt());
      byte[] bytes = Base64.getDecoder().decode(key.path("key").asText());
      keys.put(ref, SealingKey.takeOwnershipForOpening(ref, bytes));
    }
    return keys;
  }

  public static Connection connect(Database database) throws SQLException {
    return DriverManager.getConnection(
        database.jdbcUrl(), database.username(), database.password());
  }
}
