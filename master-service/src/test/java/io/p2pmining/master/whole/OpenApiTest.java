package io.p2pmining.master.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description of the API: committed, complete, and nobody else's business. */
class OpenApiTest extends MasterTestBase {

  private static final Path COMMITTED = Path.of("..", "docs", "openapi.json");
  private static final String UPDATE = "openapi.update";
  private static final String COMMAND =
      "./mvnw -pl master-service -am test -Dtest=OpenApiTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dopenapi.update=true";

  @LocalServerPort private int httpPort;

  @Test
  void theCommittedDocumentIsWhatTheApiSays() throws Exception {
    String said = get("/v3/api-docs").body().strip() + "\n";
    if (Boolean.getBoolean(UPDATE)) {
      Files.writeString(COMMITTED, said);
    }

    assertThat(Files.exists(COMMITTED) ? Files.readString(COMMITTED) : "")
        .as("docs/openapi.json has drifted from the API. Update it by\n  %s\n", COMMAND)
        .isEqualTo(said);
  }

  @Test
  void everyOperationHasANameASummaryAndExamplesThatFitItsSchema() throws Exception {
    JsonNode api = api();
    List<String> flaws = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        String name = operation.getKey() + " " + path.getKey();
        flaws.addAll(flawsOf(api, name, operation.getValue()));
      }
    }

    assertThat(flaws)
        .as(
            "an operation needs @Operation(operationId, summary) and its examples in"
                + " src/main/resources/openapi/<operationId>.json")
        .isEmpty();
  }

  @Test
  void everyEndpointIsDescribed() throws Exception {
    assertThat(api().path("paths").propertyNames())
        .contains(
            "/admin/reload",
            "/cluster",
            "/cluster/hashrate",
            "/peers",
            "/peers/{id}",
            "/peers/{id}/drain",
            "/jobs",
            "/workunits",
            "/shares",
            "/blocks",
            "/prometheus/targets",
            "/events")
        .doesNotContain("/error");
    assertThat(api().path("paths").path("/peers").path("get").path("parameters"))
        .extracting(parameter -> parameter.path("name").asString())
        .containsExactlyInAnyOrder("state", "page", "size");
  }

  @Test
  void thePagesLoadNothingFromElsewhere() throws Exception {
    HttpResponse<String> page = get("/swagger-ui/index.html");
    String config = get("/v3/api-docs/swagger-config").body();

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("swagger-ui-bundle.js").doesNotContain("http:", "https:");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'self';")
        .doesNotContain("http", "*");
    assertThat(get("/swagger-ui/swagger-ui-bundle.js").statusCode()).isEqualTo(200);
    assertThat(get("/swagger-ui/swagger-initializer.js").body()).doesNotContain("http:", "https:");
    JsonNode settings = JsonMapper.shared().readTree(config);
    assertThat(settings.path("url").asString()).isEqualTo("/v3/api-docs");
    assertThat(settings.path("validatorUrl").asString()).isEmpty();
  }

  private static List<String> flawsOf(JsonNode api, String name, JsonNode operation) {
    List<String> flaws = new ArrayList<>();
    if (operation.path("summary").asString("").isEmpty()
        || operation.path("operationId").asString("").contains("_")) {
      flaws.add(name + ": no summary or operationId of its own");
    }
    JsonNode request = operation.path("requestBody").path("content");
    request.properties().forEach(type -> flaws.addAll(flawsOf(api, name + " request", type)));
    for (Map.Entry<String, JsonNode> response : operation.path("responses").properties()) {
      if (response.getKey().startsWith("2")) {
        JsonNode content = response.getValue().path("content");
        content.properties().forEach(type -> flaws.addAll(flawsOf(api, name + " response", type)));
      }
    }
    return flaws;
  }

  private static List<String> flawsOf(
      JsonNode api, String where, Map.Entry<String, JsonNode> content) {
    JsonNode example = content.getValue().path("example");
    if (example.isMissingNode()) {
      return List.of(where + ": no example");
    }
    List<String> flaws = new ArrayList<>();
    compare(api, where, content.getValue().path("schema"), example, flaws);
    return flaws;
  }

  /** An object's example has the schema's fields, no more and no fewer; maps are anything. */
  private static void compare(
      JsonNode api, String where, JsonNode given, JsonNode example, List<String> flaws) {
    JsonNode schema = resolved(api, given);
    if (example.isArray()) {
      example.forEach(item -> compare(api, where + "[]", schema.path("items"), item, flaws));
    } else if (example.isObject() && schema.has("properties")) {
      Set<String> fields = new TreeSet<>(schema.path("properties").propertyNames());
      Set<String> shown = new TreeSet<>(example.propertyNames());
      if (!fields.equals(shown)) {
        flaws.add(where + ": the schema has " + fields + ", the example " + shown);
      }
      example
          .properties()
          .forEach(
              field ->
                  compare(
                      api,
                      where + "." + field.getKey(),
                      schema.path("properties").path(field.getKey()),
                      field.getValue(),
                      flaws));
    }
  }

  private static JsonNode resolved(JsonNode api, JsonNode schema) {
    String reference = schema.path("$ref").asString("");
    String name = reference.substring(reference.lastIndexOf('/') + 1);
    return name.isEmpty() ? schema : api.path("components").path("schemas").path(name);
  }

  private JsonNode api() throws Exception {
    return JsonMapper.shared().readTree(get("/v3/api-docs").body());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + httpPort + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
