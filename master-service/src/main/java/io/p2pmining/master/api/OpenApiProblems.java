package io.p2pmining.master.api;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** Adds to each operation what it answers when something is wrong: the same rules for all. */
final class OpenApiProblems implements OpenApiCustomizer {

  static final String SCHEMA = "Problem";

  @Override
  public void customise(OpenAPI api) {
    api.getPaths()
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .forEach((method, operation) -> add(path, method, operation)));
  }

  private static void add(String path, HttpMethod method, Operation operation) {
    ApiResponses responses = operation.getResponses();
    boolean changes = method != HttpMethod.GET;
    if (operation.getRequestBody() != null || operation.getParameters() != null) {
      add(responses, "400", "Something in the request is wrong");
    }
    add(responses, "403", "The request is not made under the master's own name");
    if (path.contains("{")) {
      add(responses, "404", "There is no such thing");
    }
    if (changes) {
      add(responses, "409", "It cannot be done as things are now");
      add(responses, "415", "The request is not JSON");
    }
    responses.forEach(
        (status, response) -> {
          if (!status.startsWith("2")) {
            response.content(problem());
          }
        });
  }

  private static void add(ApiResponses responses, String status, String description) {
    responses.addApiResponse(status, new ApiResponse().description(description));
  }

  private static Content problem() {
    return new Content()
        .addMediaType(
            org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
            new MediaType().schema(new Schema<>().$ref(SCHEMA)));
  }
}
