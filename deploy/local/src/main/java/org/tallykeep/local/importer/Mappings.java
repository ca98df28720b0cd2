package org.tallykeep.local.importer;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.tallykeep.local.CommandFailure;

/** Finds the mapping that {@code --preset} names: one that is built in, or a file. */
final class Mappings {

  static final List<String> PRESETS = List.of("cdnow", "complete-journey");

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Mappings() {}

  /**
   * The mapping of that name or in that file.
   *
   * @throws CommandFailure when there is none, or it makes no sense
   */
  static ColumnMapping find(String preset) {
    return PRESETS.contains(preset) ? builtIn(preset) : read(Path.of(preset));
  }

  private static ColumnMapping builtIn(String name) {
    try (InputStream yaml = Mappings.class.getResourceAsStream(name + ".yaml")) {
      if (yaml == null) {
        throw new IllegalStateException("the preset " + name + " is missing from the program");
      }
      return checked(YAML.readValue(yaml, ColumnMapping.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ColumnMapping read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new CommandFailure(
          "--preset is "
              + String.join(", ", PRESETS)
              + " or a YAML file that maps columns; "
              + file
              + " is neither");
    }
    try (InputStream yaml = Files.newInputStream(file)) {
      ColumnMapping mapping = YAML.readValue(yaml, ColumnMapping.class);
      if (mapping == null) {
        throw new IllegalArgumentException("it is empty");
      }
      return checked(mapping);
    } catch (UnrecognizedPropertyException e) {
      throw wrong(file, path(e) + " is not known; known here: " + known(e.getKnownPropertyIds()));
    } catch (JsonMappingException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof IllegalArgumentException) {
        throw wrong(file, path(e) + ": " + cause.getMessage());
      }
      throw wrong(file, line(e) + " is not valid YAML or not of the expected form");
    } catch (JacksonException e) {
      throw wrong(file, line(e) + " is not valid YAML");
    } catch (IllegalArgumentException e) {
      throw wrong(file, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new CommandFailure(file + " cannot be read: " + e.getClass().getSimpleName(), e);
    }
  }

  @SuppressWarnings(
      "NullAway") // Jackson leaves null what the file leaves out: that is checked here.
  private static ColumnMapping checked(ColumnMapping mapping) {
    require(mapping.purchase() != null, "purchase is missing");
    require(mapping.purchase().customer() != null, "purchase.customer is missing");
    require(
        (mapping.purchase().at() == null) != (mapping.purchase().day() == null),
        "purchase needs either at or day");
    require(mapping.line() != null, "line is missing");
    require(mapping.line().product() != null, "line.product is missing");
    require(mapping.line().amount() != null, "line.amount is missing");
    if (mapping.products() != null) {
      require(mapping.products().file() != null, "products.file is missing");
      require(mapping.products().key() != null, "products.key is missing");
    }
    return mapping;
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  private static String line(JacksonException e) {
    return e.getLocation() == null ? "it" : "line " + e.getLocation().getLineNr();
  }

  private static CommandFailure wrong(Path file, String what) {
    return new CommandFailure(file + ": " + what);
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
        .collect(Collectors.joining("."));
  }

  private static String known(Collection<?> names) {
    return names.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
  }
}
