package io.p2pmining.cli.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The examples of {@code docs/openapi.json}, which the master's tests keep true. */
final class ApiExamples {

  private ApiExamples() {}

  /** The example of a GET, a copy to be changed. */
  static ObjectNode of(String path) {
    try {
      JsonNode document =
          JsonMapper.shared().readTree(Files.readAllBytes(Path.of("../docs/openapi.json")));
      return (ObjectNode)
          document
              .at("/paths/" + path.replace("/", "~1") + "/get/responses/200/content")
              .path("application/json")
              .path("example")
              .deepCopy();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode item(String path) {
    return (ObjectNode) of(path).path("items").path(0);
  }

  static Snapshot snapshot() {
    return snapshot(of("/cluster"), List.of(item("/peers")));
  }

  static Snapshot snapshot(ObjectNode cluster, List<? extends JsonNode> peers) {
    return new Snapshot(
        URI.create("http://127.0.0.1:8080"),
        Instant.parse("2026-11-01T09:00:03Z"),
        cluster,
        new ArrayList<>(peers),
        List.of(item("/jobs")),
        List.of(item("/blocks")),
        json("{\"status\":\"UP\",\"components\":{\"store\":{\"status\":\"UP\"}}}"));
  }

  static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}
