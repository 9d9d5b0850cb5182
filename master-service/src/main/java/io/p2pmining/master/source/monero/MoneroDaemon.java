package io.p2pmining.master.source.monero;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.master.source.monero.DaemonException.Kind;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The calls of a daemon's RPC that mining needs. Safe for use by any thread; every call blocks for
 * the request timeout at most. Whatever the daemon answers is checked before anyone relies on it.
 */
final class MoneroDaemon implements AutoCloseable {

  static final int ERROR_TOO_BIG_HEIGHT = -2;
  static final int ERROR_INTERNAL = -5;
  static final int ERROR_WRONG_BLOB = -6;
  static final int ERROR_NOT_ACCEPTED = -7;
  static final int ERROR_BUSY = -9;
  static final int ERROR_WRONG_BLOB_SIZE = -10;

  private static final int MAX_DIFFICULTY_BITS = 128;
  private static final int MAX_HASHING_BLOB_BYTES = 512;

  private final NodeEndpoint endpoint;
  private final JsonRpc rpc;

  MoneroDaemon(NodeEndpoint endpoint, MoneroSettings settings) {
    this.endpoint = endpoint;
    this.rpc = new JsonRpc(endpoint, settings);
  }

  NodeEndpoint endpoint() {
    return endpoint;
  }

  /**
   * What a daemon says about itself.
   *
   * @param network {@code mainnet}, {@code stagenet}, {@code testnet} or, for regtest, {@code
   *     fakechain}
   * @param height how many blocks it has
   * @param targetHeight how many there are as far as it knows; 0 if it does not
   * @param synchronised whether it has them all
   */
  record Condition(String network, long height, long targetHeight, boolean synchronised) {}

  /** A block's place in the main chain. */
  record Header(long height, Bytes id) {}

  Condition getInfo() throws DaemonException {
    JsonNode result = ready("get_info", Map.of());
    return new Condition(
        result.path("nettype").asString(""),
        height(result.path("height")),
        height(result.path("target_height")),
        result.path("synchronized").asBoolean(false));
  }

  /** The block at the tip. */
  Header getLastBlockHeader() throws DaemonException {
    return header(ready("get_last_block_header", Map.of()));
  }

  /** The block of the main chain at this height. */
  Header getBlockHeaderByHeight(long height) throws DaemonException {
    return header(ready("get_block_header_by_height", Map.of("height", height)));
  }

  /** The block with this id, whether it is in the main chain or not. */
  Header getBlockHeaderByHash(Bytes id) throws DaemonException {
    return header(ready("get_block_header_by_hash", Map.of("hash", id.toHex())));
  }

  /** A template with so many zero bytes in its coinbase. */
  BlockTemplate getBlockTemplate(String wallet, int reserveSize) throws DaemonException {
    return template(Map.of("wallet_address", wallet, "reserve_size", reserveSize));
  }

  /** A template with these bytes in its coinbase. */
  BlockTemplate getBlockTemplate(String wallet, Bytes extraNonce) throws DaemonException {
    return template(Map.of("wallet_address", wallet, "extra_nonce", extraNonce.toHex()));
  }

  /** Offers a block; that it is taken does not mean that it is in the main chain. */
  void submitBlock(Bytes blob) throws DaemonException {
    ready("submit_block", List.of(blob.toHex()));
  }

  private BlockTemplate template(Map<String, Object> params) throws DaemonException {
    JsonNode result = ready("get_block_template", params);
    BlockTemplate template =
        new BlockTemplate(
            bytes(result, "blocktemplate_blob"),
            bytes(result, "blockhashing_blob"),
            difficulty(result),
            height(result.path("height")),
            result.path("reserved_offset").asInt(0),
            hash(result, "prev_hash"),
            hash(result, "seed_hash"),
            result.path("next_seed_hash").asString("").isEmpty()
                ? Bytes.EMPTY
                : hash(result, "next_seed_hash"));
    if (template.hashingBlob().length() > MAX_HASHING_BLOB_BYTES) {
      throw JsonRpc.malformed("its hashing blob has " + template.hashingBlob().length() + " bytes");
    }
    return template;
  }

  /** The result of a call that the daemon was ready to carry out. */
  private JsonNode ready(String method, Object params) throws DaemonException {
    JsonNode result = rpc.call(method, params);
    String status = result.path("status").asString("");
    return switch (status) {
      case "OK" -> result;
      case "BUSY" -> throw new DaemonException(Kind.BUSY, "it is busy, most likely synchronising");
      default -> throw JsonRpc.malformed("its answer to " + method + " has no known status");
    };
  }

  private static Header header(JsonNode result) throws DaemonException {
    JsonNode header = result.path("block_header");
    return new Header(height(header.path("height")), hash(header, "hash"));
  }

  private static long height(JsonNode node) throws DaemonException {
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.asLong() < 0) {
      throw JsonRpc.malformed("a height in its answer is no number");
    }
    return node.asLong();
  }

  /** The difficulty has up to 128 bits, and only the wide form holds them all. */
  private static BigInteger difficulty(JsonNode result) throws DaemonException {
    String wide = result.path("wide_difficulty").asString("");
    try {
      if (wide.startsWith("0x")) {
        BigInteger difficulty = new BigInteger(wide.substring(2), 16);
        if (difficulty.signum() > 0 && difficulty.bitLength() <= MAX_DIFFICULTY_BITS) {
          return difficulty;
        }
      }
    } catch (NumberFormatException e) {
      // Falls through to the one complaint for all wrong forms.
    }
    throw JsonRpc.malformed("its template has no valid difficulty");
  }

  private static Bytes hash(JsonNode result, String field) throws DaemonException {
    Bytes hash = bytes(result, field);
    if (hash.length() != BlockBlob.HASH_BYTES) {
      throw JsonRpc.malformed("the " + field + " in its answer has " + hash.length() + " bytes");
    }
    return hash;
  }

  private static Bytes bytes(JsonNode result, String field) throws DaemonException {
    try {
      return Bytes.ofHex(result.path(field).asString(""));
    } catch (IllegalArgumentException e) {
      throw JsonRpc.malformed("the " + field + " in its answer is not hex");
    }
  }

  @Override
  public void close() {
    rpc.close();
  }
}
