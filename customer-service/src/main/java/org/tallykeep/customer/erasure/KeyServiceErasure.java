package org.tallykeep.customer.erasure;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;
import org.tallykeep.keyvault.client.transport.KeyServiceTokenFilter;

/** The end of keys, at the key service. */
@Path("/v1")
@RegisterRestClient(configKey = "keyvault-erasure")
@RegisterProvider(KeyServiceTokenFilter.class)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
interface KeyServiceErasure {

  /** Keys to be destroyed. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ToDestroy(String kind, String mode, List<UUID> ids, @Nullable String caseId) {
    @Override
    public String toString() {
      return "ToDestroy";
    }
  }

  /** That they are. */
  record Destroyed(String receipt) {}

  /** Keys that may be destroyed; at most 1,000. */
  record ToMatch(String kind, List<UUID> ids) {}

  /** A key that is. */
  record Revoked(UUID id, String mode) {}

  /** Those that are. */
  record Matched(List<Revoked> revoked) {}

  @POST
  @Path("keys/destroy")
  Destroyed destroy(ToDestroy keys);

  @POST
  @Path("revocations/match")
  Matched match(ToMatch keys);
}
