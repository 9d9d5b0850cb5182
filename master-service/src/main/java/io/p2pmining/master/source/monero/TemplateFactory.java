package io.p2pmining.master.source.monero;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.master.source.monero.DaemonException.Kind;
import io.p2pmining.master.source.monero.ExtraNonces.ExtraNonce;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets templates from daemons. A template whose hashing blob can be rebuilt here byte for byte is
 * varied here; should a fork change how blocks are put together, the daemon is asked for one
 * template per extra nonce instead. Used by the source's thread.
 */
final class TemplateFactory {

  private static final Logger log = LoggerFactory.getLogger(TemplateFactory.class);

  private final String wallet;
  private final ExtraNonces extraNonces;
  private boolean rebuilding = true;

  TemplateFactory(String wallet, ExtraNonces extraNonces) {
    this.wallet = wallet;
    this.extraNonces = extraNonces;
  }

  /** A new template over the daemon's tip. Blocks. */
  MiningTemplate fetch(MoneroDaemon daemon) throws DaemonException {
    BlockTemplate template = daemon.getBlockTemplate(wallet, ExtraNonces.LENGTH);
    BlockBlob blob = checked(template);
    String algorithm = algorithm(blob);
    boolean rebuildable = rebuildable(template, blob);
    if (rebuildable != rebuilding) {
      rebuilding = rebuildable;
      log.warn(
          rebuildable
              ? "The node's block templates can be varied here again."
              : "The node's block templates are built in a way this release does not know; asking"
                  + " it for each extra nonce. Look for a newer release.");
    }
    return rebuildable
        ? new MiningTemplate.Rebuilt(template, algorithm, blob, extraNonces)
        : new MiningTemplate.Stocked(fetchBlock(daemon));
  }

  /** A block whose extra nonce the daemon put in. Blocks. */
  UnminedBlock fetchBlock(MoneroDaemon daemon) throws DaemonException {
    ExtraNonce extraNonce = extraNonces.next();
    BlockTemplate template = daemon.getBlockTemplate(wallet, extraNonce.bytes());
    BlockBlob blob = checked(template);
    return new UnminedBlock(
        template,
        algorithm(blob),
        extraNonce,
        template.blob(),
        template.hashingBlob(),
        blob.nonceOffset());
  }

  private static BlockBlob checked(BlockTemplate template) throws DaemonException {
    try {
      BlockBlob blob = BlockBlob.parse(template.blob().toArray());
      byte[] header = blob.header();
      byte[] hashed = template.hashingBlob().toArray();
      if (Arrays.mismatch(header, hashed) == header.length
          && Bytes.copyOf(blob.previousId()).equals(template.previousId())) {
        return blob;
      }
    } catch (MalformedBlobException e) {
      throw JsonRpc.malformed("its template makes no sense: " + e.getMessage());
    }
    throw JsonRpc.malformed("its template contradicts itself");
  }

  private static String algorithm(BlockBlob blob) throws DaemonException {
    long version = blob.majorVersion();
    return BlockVersions.algorithm(version)
        .orElseThrow(
            () ->
                new DaemonException(
                    Kind.UNUSABLE,
                    "its blocks have version "
                        + version
                        + ", whose proof of work this release does not know: update P2P Mining"));
  }

  private static boolean rebuildable(BlockTemplate template, BlockBlob blob) {
    try {
      return blob.reserves(template.reservedOffset(), ExtraNonces.LENGTH)
          && Arrays.equals(blob.hashingBlob(), template.hashingBlob().toArray());
    } catch (MalformedBlobException e) {
      return false;
    }
  }
}
