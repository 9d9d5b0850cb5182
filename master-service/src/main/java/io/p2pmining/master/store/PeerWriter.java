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
import tools.jackson.databind.json.JsonMapper;

/** Writes the peers of a group and what was added to their totals. */
final class PeerWriter implements AutoCloseable {

  private record Rejected(PeerId peer, Rejection reason, long count) {}

  private final UUID master;
  private final JsonMapper json = JsonMapper.shared();
  private final Upsert<Peer> peers;
  private final Upsert<Map.Entry<PeerId, PeerTotals>> totals;
  private final Upsert<Rejected> rejections;

  PeerWriter(Connection connection, UUID master) throws SQLException {
    this.master = master;
    peers =
        Upsert.replacing(
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
            List.of(PEER.ID),
            this::bind);
    totals =
        Upsert.adding(
            connection,
            PEER_TOTAL,
            List.of(PEER_TOTAL.SHARES_ACCEPTED, PEER_TOTAL.DIFFICULTY_ACCEPTED),
            List.of(PEER_TOTAL.PEER_ID),
            (row, grown) ->
                row.set(grown.getValue().accepted())
                    .set(grown.getValue().difficulty())
                    .set(Columns.uuid(grown.getKey())));
    rejections =
        Upsert.adding(
            connection,
            PEER_REJECTION,
            List.of(PEER_REJECTION.REJECTIONS),
            List.of(PEER_REJECTION.PEER_ID, PEER_REJECTION.REASON),
            (row, rejected) ->
                row.set(rejected.count())
                    .set(Columns.uuid(rejected.peer()))
                    .set(rejected.reason().name()));
  }

  private Batch bind(Batch row, Peer peer) throws SQLException {
    PeerIdentity identity = peer.identity();
    return row.set(identity.name())
        .set(identity.software())
        .set(identity.address())
        .set(identity.httpPort())
        .set(json.writeValueAsString(peer.capabilities()))
        .set(peer.isConnected() ? master : null)
        .set(peer.activity().hashesTotal())
        .set(peer.connectedAt())
        .set(peer.lastSeenAt())
        .set(Columns.uuid(identity.id()));
  }

  void write(Group group) throws SQLException {
    peers.write(group.peers());
    totals.write(
        group.peerTotals().entrySet().stream()
            .filter(entry -> entry.getValue().changesAccepted())
            .toList());
    List<Rejected> rejected = new ArrayList<>();
    group
        .peerTotals()
        .forEach(
            (peer, sums) ->
                sums.rejected()
                    .forEach((reason, count) -> rejected.add(new Rejected(peer, reason, count))));
    rejections.write(rejected);
  }

  @Override
  public void close() throws SQLException {
    peers.close();
    totals.close();
    rejections.close();
  }
}
