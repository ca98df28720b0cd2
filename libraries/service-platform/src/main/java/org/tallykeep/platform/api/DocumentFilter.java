package org.tallykeep.platform.api;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Completes the document while the service is built: the answers that all operations share, and the
 * problem document as the body of every refusal. Statuses are sorted, so that it is the same
 * whenever it is made.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class DocumentFilter implements OASFilter {

  private static final String PROBLEM = "Problem";
  private static final String MEDIA_TYPE = "application/problem+json";

  @Override
  public void filterOpenAPI(OpenAPI document) {
    if (document.getPaths() == null || document.getPaths().getPathItems() == null) {
      return;
    }
    if (document.getComponents() == null) {
      document.setComponents(OASFactory.createComponents());
    }
    document.getComponents().addSchema(PROBLEM, problem());
    document.getPaths().getPathItems().values().forEach(DocumentFilter::complete);
  }

  private static void complete(PathItem path) {
    for (Operation operation : path.getOperations().values()) {
      CommonAnswers.add(path, operation);
      APIResponses answers = operation.getResponses();
      answers.getAPIResponses().forEach(DocumentFilter::complete);
      answers.setAPIResponses(new TreeMap<>(answers.getAPIResponses()));
    }
  }

  private static void complete(String status, APIResponse answer) {
    if (status.compareTo("400") >= 0 && answer.getContent() == null && answer.getRef() == null) {
      answer.setContent(
          OASFactory.createContent()
              .addMediaType(
                  MEDIA_TYPE,
                  OASFactory.createMediaType()
                      .schema(OASFactory.createSchema().ref("#/components/schemas/" + PROBLEM))));
    }
  }

  private static Schema problem() {
    return OASFactory.createSchema()
        .addType(Schema.SchemaType.OBJECT)
        .description("RFC 9457; some problems have further members, such as field or code")
        .addProperty("type", text("What it is; stable", "urn:tallykeep:problem:not-found"))
        .addProperty("title", text("The same in words", "Not found"))
        .addProperty(
            "status",
            OASFactory.createSchema()
                .addType(Schema.SchemaType.INTEGER)
                .description("The status of the answer")
                .addExample(404))
        .addProperty("detail", text("What to do about it", "Check the path and the identifier."))
        .addRequired("type")
        .addRequired("title")
        .addRequired("status")
        .addRequired("detail");
  }

  private static Schema text(String description, String example) {
    return OASFactory.createSchema()
        .addType(Schema.SchemaType.STRING)
        .description(description)
        .addExample(example);
  }
}
