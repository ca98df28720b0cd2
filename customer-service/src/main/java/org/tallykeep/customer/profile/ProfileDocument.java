package org.tallykeep.customer.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.imports.JsonRows;
import org.tallykeep.customer.imports.RowReader;
import org.tallykeep.customer.imports.RowRefusedException;

/** A profile in the shape in which it is sent, and merge patches of it (RFC 7396). */
final class ProfileDocument {

  static final String ATTRIBUTES = "attributes";

  private static final String EXTERNAL_ID = "externalId";
  private static final String EXTERNAL_IDS = "externalIds";

  /** Strict as rows are: what is given twice or misspelt is refused, not forgotten. */
  private static final RowReader<JsonNode> PATCHES = JsonRows.of(JsonNode.class);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ProfileDocument() {}

  /**
   * A patch.
   *
   * @throws RowRefusedException if it is no JSON object
   */
  static ObjectNode patch(byte[] json) {
    if (PATCHES.read(json) instanceof ObjectNode patch) {
      return patch;
    }
    throw new RowRefusedException("malformed-json", null, "a patch is one JSON object");
  }

  /** The document that a patch makes of a profile. */
  static byte[] patched(Profile profile, ObjectNode patch, Attributes attributes) {
    ObjectNode document = of(profile, attributes);
    if (patch.has(EXTERNAL_ID) && !patch.has(EXTERNAL_IDS)) {
      // Short for a list of one, so it stands where the list was.
      document.remove(EXTERNAL_IDS);
    }
    merge(document, patch);
    try {
      return JSON.writeValueAsBytes(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode of(Profile profile, Attributes attributes) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put(EXTERNAL_IDS, profile.externalIds());
    Map<String, @Nullable Object> name = new LinkedHashMap<>();
    name.put("given", profile.name().given());
    name.put("family", profile.name().family());
    document.put("name", name);
    if (profile.birthDate() != null) {
      document.put("birthDate", profile.birthDate().toString());
    }
    document.put("emails", profile.emails());
    document.put("phones", profile.phones());
    document.put("addresses", addresses(profile));
    document.put("locale", profile.locale());
    document.put(ATTRIBUTES, attributes.shown(profile.attributes().all()));
    return JSON.valueToTree(document);
  }

  /** A profile as it would be sent, without what it does not have. */
  static ObjectNode whole(Profile profile, Attributes attributes) {
    ObjectNode document = of(profile, attributes);
    prune(document);
    return document;
  }

  private static void prune(ObjectNode document) {
    document
        .properties()
        .removeIf(
            each -> {
              JsonNode value = each.getValue();
              if (value instanceof ObjectNode parts) {
                prune(parts);
              }
              value.forEach(
                  part -> {
                    if (part instanceof ObjectNode address) {
                      prune(address);
                    }
                  });
              return value.isNull() || (value.isContainerNode() && value.isEmpty());
            });
  }

  /** Its addresses as they are sent. */
  static List<Map<String, @Nullable String>> addresses(Profile profile) {
    return profile.addresses().stream()
        .map(
            address -> {
              Map<String, @Nullable String> row = new LinkedHashMap<>();
              row.put("street", address.street());
              row.put("postalCode", address.postalCode());
              row.put("town", address.town());
              row.put("region", address.region());
              row.put("country", address.country());
              return row;
            })
        .toList();
  }

  /** As RFC 7396 has it: null removes, objects merge, all else replaces. */
  private static void merge(ObjectNode target, ObjectNode patch) {
    patch
        .properties()
        .forEach(
            each -> {
              JsonNode value = each.getValue();
              if (value.isNull() && isField(target, each.getKey())) {
                target.remove(each.getKey());
              } else if (value instanceof ObjectNode parts) {
                JsonNode before = target.get(each.getKey());
                ObjectNode merged = before instanceof ObjectNode o ? o : JSON.createObjectNode();
                merge(merged, parts);
                target.set(each.getKey(), merged);
              } else {
                target.set(each.getKey(), value);
              }
            });
  }

  /** A name that nothing has is kept with its null, for the reader to refuse if it is misspelt. */
  private static boolean isField(ObjectNode target, String name) {
    return target.has(name);
  }
}
