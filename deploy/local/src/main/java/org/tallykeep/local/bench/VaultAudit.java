package org.tallykeep.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/** Vault's own account of what it was asked, one JSON object a line. */
record VaultAudit(Path file) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** How many requests Vault answered whose path is of this kind. */
  long answered(Predicate<String> path) {
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      long found = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode entry = JSON.readTree(line);
        if (entry.path("type").asText().equals("response")
            && path.test(entry.at("/request/path").asText())) {
          found++;
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException("Vault's audit " + file + " cannot be read", e);
    }
  }
}
