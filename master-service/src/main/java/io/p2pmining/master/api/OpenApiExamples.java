package io.p2pmining.master.api;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.springdoc.core.customizers.OpenApiCustomizer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gives each operation its examples: {@code openapi/<operationId>.json} on the class path, with a
 * {@code response} and, where there is a body to send, a {@code request}.
 */
final class OpenApiExamples implements OpenApiCustomizer {

  private final JsonMapper json;

  OpenApiExamples(JsonMapper json) {
    this.json = json;
  }

  @Override
  public void customise(OpenAPI api) {
    api.getPaths().values().stream()
        .flatMap(path -> path.readOperations().stream())
        .forEach(this::add);
  }

  private void add(Operation operation) {
    Optional<JsonNode> examples = examplesOf(operation.getOperationId());
    examples
        .map(all -> all.get("response"))
        .ifPresent(
            example ->
                operation
                    .getResponses()
                    .forEach(
                        (status, response) -> {
                          if (status.startsWith("2") && response.getContent() != null) {
                            response.getContent().values().forEach(type -> set(type, example));
                          }
                        }));
    if (operation.getRequestBody() != null) {
      examples
          .map(all -> all.get("request"))
          .ifPresent(
              example ->
                  operation
                      .getRequestBody()
                      .getContent()
                      .values()
                      .forEach(type -> set(type, example)));
    }
  }

  private void set(MediaType type, JsonNode example) {
    type.setExample(json.convertValue(example, Object.class));
  }

  private Optional<JsonNode> examplesOf(String operationId) {
    try (InputStream file =
        OpenApiExamples.class.getResourceAsStream("/openapi/" + operationId + ".json")) {
      return file == null ? Optional.empty() : Optional.of(json.readTree(file));
    } catch (IOException e) {
      throw new UncheckedIOException("operationId=" + operationId, e);
    }
  }
}
