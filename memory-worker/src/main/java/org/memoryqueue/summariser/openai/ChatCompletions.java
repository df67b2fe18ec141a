package org.memoryqueue.summariser.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;

/** The one route of the chat-completions protocol that is used. Public, for the REST client implements it. */
@Path("/chat/completions")
public interface ChatCompletions {

    /** Asks for a completion. Whatever its status, an answer is an item, and a failure means that none came. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    Uni<RestResponse<byte[]>> complete(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, JsonNode request);
}
