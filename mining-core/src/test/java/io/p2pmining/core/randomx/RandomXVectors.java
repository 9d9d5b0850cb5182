package io.p2pmining.core.randomx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The test vectors of {@code randomx-vectors.json}; words there are big-endian hex. */
public final class RandomXVectors {

  private static final JsonNode ROOT = load();

  private RandomXVectors() {}

  /** The whole file. */
  public static JsonNode root() {
    return ROOT;
  }

  /** The objects of a top-level list that belong to one variant, in the file's order. */
  public static List<JsonNode> of(String list, String algorithm) {
    return all(list).stream().filter(node -> text(node, "algo").equals(algorithm)).toList();
  }

  /** The objects of a top-level list, in the file's order. */
  public static List<JsonNode> all(String list) {
    return StreamSupport.stream(ROOT.required(list).spliterator(), false).toList();
  }

  /** The properties of an object, in the file's order. */
  public static List<Map.Entry<String, JsonNode>> properties(JsonNode node) {
    return List.copyOf(node.properties());
  }

  public static String text(JsonNode node, String name) {
    return node.required(name).asString();
  }

  public static int number(JsonNode node, String name) {
    return node.required(name).asInt();
  }

  /** The bytes that a property spells in hex. */
  public static byte[] bytes(JsonNode node, String name) {
    return HexFormat.of().parseHex(text(node, name));
  }

  /** The unsigned 64-bit word that a property spells in big-endian hex. */
  public static long word(JsonNode node, String name) {
    return HexFormat.fromHexDigitsToLong(text(node, name));
  }

  private static JsonNode load() {
    try (InputStream stream = RandomXVectors.class.getResourceAsStream("randomx-vectors.json")) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(stream));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
