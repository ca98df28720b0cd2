package org.tallykeep.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

/**
 * What is kept apart from the database and from Vault, so that neither can be set back unseen: the
 * newest signed statements about the ledger and the audit trail.
 *
 * @param ledgerHead a {@link Statement#LEDGER_HEAD}; null before the first
 * @param checkpoint a {@link Statement#CHECKPOINT}; null before the first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Witness(@Nullable String ledgerHead, @Nullable String checkpoint) {

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  /**
   * Reads one.
   *
   * @throws NotGenuine when it is none
   */
  public static Witness parse(String json) {
    try {
      return JSON.readValue(json, Witness.class);
    } catch (JsonProcessingException e) {
      throw new NotGenuine("This is no witness's file.", e);
    }
  }

  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
