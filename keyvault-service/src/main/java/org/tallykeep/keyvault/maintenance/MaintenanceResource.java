package org.tallykeep.keyvault.maintenance;

import io.quarkus.security.Authenticated;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tallykeep.keyvault.access.Caller;
import org.tallykeep.keyvault.access.Callers;
import org.tallykeep.keyvault.access.PurposeMatrix;
import org.tallykeep.keyvault.audit.Permission;

/** Maintenance on demand. */
@Path("/v1/maintenance")
@Authenticated
@Tag(name = "Maintenance", description = "What otherwise runs at night")
public class MaintenanceResource {

  private final Callers callers;
  private final Permission permission;
  private final TableRewriter rewriter;

  MaintenanceResource(Callers callers, Permission permission, TableRewriter rewriter) {
    this.callers = callers;
    this.permission = permission;
    this.rewriter = rewriter;
  }

  /** The number of rows by table. */
  record Rewritten(Map<String, Long> rows) {}

  @POST
  @Path("rewrite")
  @Operation(
      operationId = "rewriteTables",
      summary = "Rewrite the key tables in the order of their random ids",
      description = "For a security officer, or the customer service.")
  @APIResponse(
      responseCode = "200",
      description = "The rows written, by table",
      content =
          @Content(
              mediaType = "application/json",
              examples =
                  @ExampleObject(
                      name = "rows",
                      value = "{\"rows\":{\"subject_key\":2000,\"pseudonym_key\":12000}}")))
  @APIResponse(responseCode = "401", description = "No valid token for this service")
  @APIResponse(responseCode = "403", description = "Neither of the two")
  public Rewritten rewrite() {
    Caller caller = callers.current();
    permission.require(PurposeMatrix.mayMaintain(caller), caller, "rewrite");
    return new Rewritten(rewriter.rewrite());
  }
}
