package org.tallykeep.envelope;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The published test vectors of C2SP/wycheproof, kept beside the project, not in it. */
final class Wycheproof {
  /** One vector and the group it stands in. */
  record Vector(JsonNode group, JsonNode test) {
    String name() {
      return test.get("tcId") + " " + test.get("comment").asText() + " " + test.get("flags");
    }

    boolean isValid() {
      return test.get("result").asText().equals("valid");
    }

    byte[] bytes(String field) {
      return Keys.bytes(test.get(field).asText());
    }

    int number(String field) {
      return test.get(field).asInt();
    }

    KeyBytes key(String field, String algorithm) {
      return KeyBytes.wrapping(bytes(field), algorithm);
    }
  }

  private Wycheproof() {}

  static List<Vector> vectors(String file) {
    Path path = projectRoot().resolveSibling("shared/data/wycheproof").resolve(file);
    if (!Files.exists(path)) {
      System.out.println("skipped: no Wycheproof vectors at ../shared/data/wycheproof/" + file);
    }
    assumeTrue(Files.exists(path), "Wycheproof vectors are there");
    try {
      List<Vector> vectors = new ArrayList<>();
      JsonNode root = new ObjectMapper().readTree(path.toFile());
      root.get("testGroups")
          .forEach(
              group -> group.get("tests").forEach(test -> vectors.add(new Vector(group, test))));
      if (vectors.size() != root.get("numberOfTests").asInt()) {
        throw new IllegalStateException(file + " is incomplete");
      }
      return vectors;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Path projectRoot() {
    Path module = Path.of("libraries", "envelope", "pom.xml");
    Path root = Path.of("").toAbsolutePath();
    while (root.getParent() != null && !Files.exists(root.resolve(module))) {
      root = root.getParent();
    }
    return root;
  }
}
