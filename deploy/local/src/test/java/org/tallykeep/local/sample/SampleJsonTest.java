package org.tallykeep.local.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.tallykeep.simulator.Household;
import org.tallykeep.simulator.Retailer;
import org.tallykeep.simulator.RetailerParameters;

final class SampleJsonTest {

  private static final Household HOUSEHOLD =
      Retailer.of(RetailerParameters.sample(1, 5, LocalDate.of(2024, 1, 1), 730)).household(0);

  private final JsonMapper json = new JsonMapper();

  @Test
  void aProfileIsWrittenAsTheServiceReadsIt() throws IOException {
    JsonNode profile = json.readTree(SampleJson.of(HOUSEHOLD.profile()));

    assertThat(profile.fieldNames())
        .toIterable()
        .containsExactly(
            "externalId", "name", "birthDate", "emails", "phones", "addresses", "locale");
    assertThat(profile.at("/name/given").asText()).isEqualTo(HOUSEHOLD.profile().given());
    assertThat(profile.at("/addresses/0").fieldNames())
        .toIterable()
        .containsExactly("street", "postalCode", "town", "region", "country");
  }

  @Test
  void aPurchaseIsWrittenAsTheServiceReadsIt() throws IOException {
    var bought = HOUSEHOLD.purchases().getFirst();

    JsonNode purchase = json.readTree(SampleJson.of(bought));

    assertThat(purchase.get("eventId").asText()).isEqualTo("p-0-0");
    assertThat(purchase.get("externalId").asText()).isEqualTo("h-0");
    assertThat(purchase.get("at").asText()).isEqualTo(bought.at().toString());
    assertThat(purchase.get("lines")).hasSameSizeAs(bought.lines());
    assertThat(new BigDecimal(purchase.at("/lines/0/amount").asText()).movePointRight(2))
        .isEqualByComparingTo(BigDecimal.valueOf(bought.lines().getFirst().amountMinor()));
  }
}
