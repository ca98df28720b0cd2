package org.tallykeep.keyvault.delivery;

import io.quarkus.security.Authenticated;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.keyvault.access.Caller;
import org.tallykeep.keyvault.access.Callers;
import org.tallykeep.keyvault.access.Purpose.Family;
import org.tallykeep.keyvault.person.PersonKeys;

/** Keys of persons and pseudonyms. */
@Path("/v1/keys")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@ReleasesKeys
@Tag(name = "Keys", description = "Keys of persons and pseudonyms, one purpose at a time")
@APIResponse(responseCode = "401", description = "No valid token for this service")
@APIResponse(
    responseCode = "403",
    description = "urn:tallykeep:problem:purpose-not-allowed. The attempt is in the audit")
@APIResponse(
    responseCode = "429",
    description =
        "urn:tallykeep:problem:over-budget: nothing of the batch is answered; see Retry-After")
@APIResponse(
    responseCode = "503",
    description = "The root key is sealed or away, or the audit cannot be written; see Retry-After")
public class KeyResource {

  private final Callers callers;
  private final KeyDelivery delivery;

  KeyResource(Callers callers, KeyDelivery delivery) {
    this.callers = callers;
    this.delivery = delivery;
  }

  @POST
  @ResponseStatus(201)
  @Operation(
      operationId = "createKeys",
      summary = "Make keys",
      description =
          "Makes keys and answers their keys for the purposes named, this once and uncharged."
              + " For the customer service only.")
  @RequestBody(
      content =
          @Content(
              mediaType = "application/json",
              examples =
                  @ExampleObject(
                      name = "one customer",
                      value =
                          """
                          {"kind":"subject","count":1,"purposes":["identity","contact"]}""")))
  @APIResponse(responseCode = "400", description = "urn:tallykeep:problem:batch-too-large")
  @APIResponse(responseCode = "422", description = "A purpose that this kind of key has not")
  @APIResponseSchema(
      value = KeyReplies.Created.class,
      responseCode = "201",
      responseDescription = "The keys, with their purpose keys")
  public KeyReplies.Created create(@NotNull @Valid KeyRequests.Create request) {
    Batch.check(request.count());
    return KeyReplies.Created.of(
        delivery.create(
            callers.current(),
            new PersonKeys.Order(
                request.kind(), request.count(), request.purposes(), request.areDecoys())));
  }

  @GET
  @Path("decoys")
  @Operation(
      operationId = "countDecoys",
      summary = "How many customers are decoys",
      description = "To be taken off when customers are counted. For the customer service only.")
  @APIResponseSchema(
      value = KeyReplies.Decoys.class,
      responseCode = "200",
      responseDescription = "The number; which ones, nobody is told")
  public KeyReplies.Decoys decoys() {
    return new KeyReplies.Decoys(delivery.decoys(callers.current(), Family.SUBJECT));
  }

  @POST
  @Path("unwrap")
  @Operation(
      operationId = "unwrapKeys",
      summary = "Open keys for one purpose",
      description =
          "Answers in the order asked for. An unknown key and a destroyed one look alike: their"
              + " key is null.")
  @RequestBody(
      content =
          @Content(
              mediaType = "application/json",
              examples =
                  @ExampleObject(
                      name = "links of two customers",
                      value =
                          """
                          {"purpose":"link","keys":[
                            {"id":"6f9c1e2a-52a4-4f6e-9a54-0a5b1e6f2a11","version":1},
                            {"id":"0b1f2c3d-1111-4a5b-8c7d-9e0f1a2b3c4d","version":1}]}""")))
  @APIResponse(responseCode = "400", description = "urn:tallykeep:problem:batch-too-large")
  @APIResponse(responseCode = "422", description = "A purpose of a dataset: see /v1/dataset-keys")
  @APIResponseSchema(
      value = KeyReplies.Unwrapped.class,
      responseCode = "200",
      responseDescription = "The keys in the order asked for")
  public KeyReplies.Unwrapped unwrap(@NotNull @Valid KeyRequests.Unwrap request) {
    Batch.check(request.keys());
    Caller caller = callers.current();
    List<KeyRef> refs = request.keys().stream().map(KeyName::ref).toList();
    Ask ask =
        new Ask(
            caller,
            "unwrap",
            request.purpose().label(),
            Optional.ofNullable(request.grant()),
            Optional.ofNullable(request.caseId()),
            refs.size());
    return KeyReplies.Unwrapped.of(delivery.unwrap(ask, request.purpose(), refs));
  }
}
