package org.tallykeep.keyvault.signing;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The public keys, for whoever checks a receipt or the audit. */
@Path("/v1/signing-keys")
@PermitAll
@Tag(name = "Evidence", description = "What can be checked without trusting this service")
public class SigningKeysResource {

  private final Signing signing;

  SigningKeysResource(Signing signing) {
    this.signing = signing;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "signingKeys",
      summary = "The keys that receipts and checkpoints are signed with",
      description = "A JSON Web Key Set (RFC 7517), for everybody. Keep a copy of your own.")
  @APIResponse(responseCode = "200", description = "The key set")
  @APIResponse(responseCode = "503", description = "Sealed or away; see Retry-After")
  public String keys() {
    return signing.shown().toJson();
  }
}
