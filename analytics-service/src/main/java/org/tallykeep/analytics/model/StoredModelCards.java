package org.tallykeep.analytics.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallykeep.analytics.platform.Transactions;

/** Model cards in this service's database. */
@Singleton
final class StoredModelCards implements ModelCards {

  private static final TypeReference<LinkedHashMap<String, Double>> PARAMETERS =
      new TypeReference<>() {};

  private final Transactions transactions;
  private final ObjectMapper json;

  StoredModelCards(Transactions transactions, ObjectMapper json) {
    this.transactions = transactions;
    this.json = json;
  }

  @Override
  public void keep(ModelCard card, int atMost) {
    transactions.call(
        connection -> {
          upsert(connection, card);
          try (PreparedStatement delete =
              connection.prepareStatement(
                  """
                  delete from model_card where model_version in
                    (select model_version from model_card order by fitted_at desc offset ?)
                  """)) {
            delete.setInt(1, atMost);
            return delete.executeUpdate();
          }
        });
  }

  private void upsert(Connection connection, ModelCard card) throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            """
            insert into model_card (model_version, model, eligible, reason, as_of, data_through,
              fitted_at, customers, repeat_buyers, repeat_purchases, parameters, log_likelihood,
              gradient_norm, condition, evaluations)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)
            on conflict (model_version) do update set
              eligible = excluded.eligible, reason = excluded.reason,
              fitted_at = excluded.fitted_at, customers = excluded.customers,
              repeat_buyers = excluded.repeat_buyers,
              repeat_purchases = excluded.repeat_purchases
            """)) {
      int i = 0;
      upsert.setString(++i, card.modelVersion());
      upsert.setString(++i, card.model());
      upsert.setBoolean(++i, card.eligible());
      upsert.setString(++i, card.reason());
      upsert.setObject(++i, card.asOf());
      upsert.setObject(++i, card.dataThrough());
      upsert.setObject(++i, OffsetDateTime.ofInstant(card.fittedAt(), ZoneOffset.UTC));
      upsert.setLong(++i, card.customers());
      upsert.setLong(++i, card.repeatBuyers());
      upsert.setLong(++i, card.repeatPurchases());
      upsert.setString(++i, json.writeValueAsString(card.parameters()));
      upsert.setObject(++i, card.logLikelihood());
      upsert.setObject(++i, card.gradientNorm());
      upsert.setObject(++i, card.condition());
      upsert.setObject(++i, card.evaluations());
      upsert.executeUpdate();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers by name are always JSON", e);
    }
  }

  @Override
  public Optional<ModelCard> latest() {
    return transactions.call(
        connection -> {
          try (PreparedStatement select =
                  connection.prepareStatement(
                      "select * from model_card order by fitted_at desc limit 1");
              ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(read(row)) : Optional.empty();
          }
        });
  }

  private ModelCard read(ResultSet row) throws SQLException {
    try {
      return new ModelCard(
          row.getString("model"),
          row.getString("model_version"),
          row.getBoolean("eligible"),
          row.getString("reason"),
          row.getObject("as_of", LocalDate.class),
          row.getObject("data_through", LocalDate.class),
          row.getObject("fitted_at", OffsetDateTime.class).toInstant(),
          row.getLong("customers"),
          row.getLong("repeat_buyers"),
          row.getLong("repeat_purchases"),
          json.readValue(row.getString("parameters"), PARAMETERS),
          number(row, "log_likelihood"),
          number(row, "gradient_norm"),
          number(row, "condition"),
          row.getObject("evaluations", Integer.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored parameters are not JSON", e);
    }
  }

  private static @Nullable Double number(ResultSet row, String column) throws SQLException {
    return row.getObject(column, Double.class);
  }
}
