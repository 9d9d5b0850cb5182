package io.p2pmining.master.store;

import static io.p2pmining.master.store.schema.Tables.PEER;
import static io.p2pmining.master.store.schema.Tables.PEER_REJECTION;
import static io.p2pmining.master.store.schema.Tables.PEER_TOTAL;

import io.p2pmining.master.peer.Peer;
import io.p2pmining.master.peer.PeerIdentity;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Rejection;
import java.sql.Connection;
import java.sql.SQLException;
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
  private final Batch newTotals;
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
    newTotals = Batch.insert(connection, PEER_TOTAL);
    totals =
        Batch.increase(
            connection,
            PEER_TOTAL,
            List.of(PEER_TOTAL.SHARES_ACCEPTED, PEER_TOTAL.DIFFICULTY_ACCEPTED),
            List.of(PEER_TOTAL.PEER_ID));
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
    writeTotals(
        group.peerTotals().entrySet().stream()
            .filter(entry -> entry.getValue().changesAccepted())
            .toList());
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
        insert(changed.get(i));
      }
    }
    newPeers.execute();
  }

  private @Nullable UUID holder(Peer peer) {
    return peer.isConnected() ? master : null;
  }

  private void insert(Peer peer) throws SQLException {
    PeerIdentity identity = peer.identity();
    newPeers
        .set(Columns.uuid(identity.id()))
        .set(identity.name())
        .set(identity.software())
        .set(identity.address())
        .set(identity.httpPort())
        .set(json.writeValueAsString(peer.capabilities()))
        .set(holder(peer))
        .set(peer.activity().hashesTotal())
        .set(peer.connectedAt())
        .set(peer.lastSeenAt())
        .add();
  }

  private void writeTotals(List<Map.Entry<PeerId, PeerTotals>> grown) throws SQLException {
    for (var entry : grown) {
      totals
          .set(entry.getValue().accepted())
          .set(entry.getValue().difficulty())
          .set(Columns.uuid(entry.getKey()))
          .add();
    }
    int[] known = totals.execute();
    for (int i = 0; i < known.length; i++) {
      if (known[i] == 0) {
        var entry = grown.get(i);
        newTotals
            .set(Columns.uuid(entry.getKey()))
            .set(entry.getValue().accepted())
            .set(entry.getValue().difficulty())
            .add();
      }
    }
    newTotals.execute();
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
    for (Batch batch : List.of(newPeers, peers, newTotals, totals, newRejections, rejections)) {
      batch.close();
    }
  }
}
