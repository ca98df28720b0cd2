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
    assertThat(new CustomerCsv().json(List.of(record)).toString())
        .isEqualTo(
            "{\"externalId\":\"h-1\",\"birthDate\":\"1980-02-03\",\"locale\":\"en-US\","
                + "\"name\":{\"given\":\"Ada\"},"
                + "\"emails\":[\"a@example.org\",\"b@example.org\"],"
                + "\"phones\":[\"+12025550143\"],"
                + "\"addresses\":[{\"town\":\"Springfield\",\"country\":\"US\"}]}");
  }

  @Test
  void emptyFieldsAreLeftOut() {
    assertThat(new CustomerCsv().json(List.of(new CsvRecord(2, 1, Map.of())))).isEmpty();
  }
}
