package org.tallykeep.customer.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tallykeep.customer.imports.CsvRecord;

class CustomerCsvTest {

  @Test
  void columnsAreFieldsOfTheSameProfileInJson() {
    CsvRecord record =
        new CsvRecord(
            2,
            1,
            Map.of(
                "externalId", "h-1",
                "givenName", "Ada",
                "birthDate", "1980-02-03",
                "emails", "a@example.org|b@example.org",
                "phones", "+12025550143",
                "town", "Springfield",
                "country", "US",
                "locale", "en-US"));
    assertThat(new CustomerCsv(List.of()).json(List.of(record)).toString())
        .isEqualTo(
            "{\"externalId\":\"h-1\",\"birthDate\":\"1980-02-03\",\"locale\":\"en-US\","
                + "\"name\":{\"given\":\"Ada\"},"
                + "\"emails\":[\"a@example.org\",\"b@example.org\"],"
                + "\"phones\":[\"+12025550143\"],"
                + "\"addresses\":[{\"town\":\"Springfield\",\"country\":\"US\"}]}");
  }

  @Test
  void declaredAttributesAreColumnsAndHaveTheFormOfTheirType() {
    CustomerCsv csv =
        new CustomerCsv(
            List.of(
                attribute("visits", AttributeType.NUMBER),
                attribute("vip", AttributeType.BOOLEAN),
                attribute("tier", AttributeType.CHOICE)));
    assertThat(csv.columns()).contains("attributes.visits", "attributes.vip", "attributes.tier");
    CsvRecord record =
        new CsvRecord(
            2,
            1,
            Map.of(
                "externalIds", "h-1|h-2",
                "attributes.visits", "12.50",
                "attributes.vip", "true",
                "attributes.tier", "gold"));
    assertThat(csv.json(List.of(record)).toString())
        .isEqualTo(
            "{\"externalIds\":[\"h-1\",\"h-2\"],"
                + "\"attributes\":{\"tier\":\"gold\",\"vip\":true,\"visits\":12.50}}");
    CsvRecord wrong = new CsvRecord(2, 1, Map.of("attributes.visits", "many"));
    assertThat(csv.json(List.of(wrong)).toString())
        .isEqualTo("{\"attributes\":{\"visits\":\"many\"}}");
  }

  private static Attribute attribute(String name, AttributeType type) {
    return new Attribute(name, type, Protection.OPEN, false, false, List.of());
  }

  @Test
  void emptyFieldsAreLeftOut() {
    assertThat(new CustomerCsv(List.of()).json(List.of(new CsvRecord(2, 1, Map.of())))).isEmpty();
  }
}
