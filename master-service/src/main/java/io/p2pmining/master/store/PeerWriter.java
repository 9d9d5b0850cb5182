package io.p2pmining.master.store;

import static io.p2pmining.master.store.schema.Tables.PEER;
import static io.p2pmining.master.store.schema.Tables.PEER_REJECTION;

import io.p2pmining.master.peer.Peer;
import io.p2pmining.master.peer.PeerIdentity;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Rejection;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes the peers of a group and what was added to their totals. */
final class PeerWriter implements AutoCloseable {

  private final UUID master;
  private final JsonMapper json = JsonMapper.shared();
  private final Batch newPeers;
  private final Batch peers;
  private final Batch totals;
  private final Batch newRejections;
  private final Batch rejections;

  PeerWriter(Connection connection, UUID master) throws SQLException {
    this.master = master;
    newPeers = Batch.insert(connection, PEER);
    peers =
        Batch.update(
            connection,
            PEER,
            List.of(
                PEER.NAME,
                PEER.SOFTWARE,
                PEER.ADDRESS,
                PEER.HTTP_PORT,
                PEER.CAPABILITIES,
                PEER.MASTER_ID,
                PEER.HASHES_TOTAL,
                PEER.CONNECTED_AT,
                PEER.LAST_SEEN_AT),
            List.of(PEER.ID));
    totals =
        Batch.increase(
            connection,
            PEER,
            List.of(PEER.SHARES_ACCEPTED, PEER.DIFFICULTY_ACCEPTED),
            List.of(PEER.ID));
    newRejections = Batch.insert(connection, PEER_REJECTION);
    rejections =
        Batch.increase(
            connection,
            PEER_REJECTION,
            List.of(PEER_REJECTION.REJECTIONS),
            List.of(PEER_REJECTION.PEER_ID, PEER_REJECTION.REASON));
  }

  void write(Group group) throws SQLException {
    writePeers(List.copyOf(group.peers()));
    writeTotals(List.copyOf(group.peerTotals().entrySet()));
    writeRejections(group.peerTotals());
  }

  private void writePeers(List<Peer> changed) throws SQLException {
    for (Peer peer : changed) {
      PeerIdentity identity = peer.identity();
      peers
          .set(identity.name())
          .set(identity.software())
          .set(identity.address())
          .set(identity.httpPort())
          .set(json.writeValueAsString(peer.capabilities()))
          .set(holder(peer))
          .set(peer.activity().hashesTotal())
          .set(peer.connectedAt())
          .set(peer.lastSeenAt())
          .set(Columns.uuid(identity.id()))
          .add();
    }
    int[] known = peers.execute();
    for (int i = 0; i < known.length; i++) {
      if (known[i] == 0) {
        Peer peer = changed.get(i);
        insert(
            peer.identity(),
            json.writeValueAsString(peer.capabilities()),
            holder(peer),
            peer.activity().hashesTotal(),
            peer.connectedAt(),
            peer.lastSeenAt());
      }
    }
    newPeers.execute();
  }

  private @Nullable UUID holder(Peer peer) {
    return peer.isConnected() ? master : null;
  }

  private void insert(
      PeerIdentity identity,
      String capabilities,
      @Nullable UUID holder,
      long hashes,
      Instant connectedAt,
      Instant lastSeenAt)
      throws SQLException {
    newPeers
        .set(Columns.uuid(identity.id()))
        .set(identity.name())
        .set(identity.software())
        .set(identity.address())
        .set(identity.httpPort())
        .set(capabilities)
        .set(holder)
        .set(hashes)
        .set(0L)
        .set(BigInteger.ZERO)
        .set(connectedAt)
        .set(lastSeenAt)
        .add();
  }

  /** The worker's description may come with a later group than its first share. */
  private void writeTotals(List<Map.Entry<PeerId, PeerTotals>> grown) throws SQLException {
    addTotals(grown);
    int[] known = totals.execute();
    List<Map.Entry<PeerId, PeerTotals>> unknown = new ArrayList<>();
    for (int i = 0; i < known.length; i++) {
      if (known[i] == 0) {
        unknown.add(grown.get(i));
        insert(
            new PeerIdentity(grown.get(i).getKey(), "", "", "", 0),
            "",
            null,
            0,
            Instant.EPOCH,
            Instant.EPOCH);
      }
    }
    newPeers.execute();
    addTotals(unknown);
    totals.execute();
  }

  private void addTotals(List<Map.Entry<PeerId, PeerTotals>> grown) throws SQLException {
    for (var entry : grown) {
      totals
          .set(entry.getValue().accepted())
          .set(entry.getValue().difficulty())
          .set(Columns.uuid(entry.getKey()))
          .add();
    }
  }

  private void writeRejections(Map<PeerId, PeerTotals> grown) throws SQLException {
    record Rejected(PeerId peer, Rejection reason, long count) {}
    List<Rejected> all = new ArrayList<>();
    grown.forEach(
        (peer, sums) ->
            sums.rejected().forEach((reason, count) -> all.add(new Rejected(peer, reason, count))));
    for (Rejected one : all) {
      rejections.set(one.count()).set(Columns.uuid(one.peer())).set(one.reason().name()).add();
    }
    int[] known = rejections.execute();
    for (int i = 0; i < known.length; i++) {
      if (known[i] == 0) {
        Rejected one = all.get(i);
        newRejections.set(Columns.uuid(one.peer())).set(one.reason().name()).set(one.count()).add();
      }
    }
    newRejections.execute();
  }

  @Override
  public void close() throws SQLException {
    for (Batch batch : List.of(newPeers, peers, totals, newRejections, rejections)) {
      batch.close();
    }
  }
}
