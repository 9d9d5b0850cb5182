package io.p2pmining.master.store;

import static io.p2pmining.master.store.schema.Tables.PEER;
import static io.p2pmining.master.store.schema.Tables.PEER_REJECTION;
import static io.p2pmining.master.store.schema.Tables.PEER_TOTAL;

import io.p2pmining.master.peer.Peer;
import io.p2pmining.master.peer.PeerActivity;
import io.p2pmining.master.peer.PeerCapabilities;
import io.p2pmining.master.peer.PeerIdentity;
import io.p2pmining.master.peer.PeerState;
import io.p2pmining.master.share.ShareCounts;
import io.p2pmining.master.store.schema.tables.records.PeerRecord;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Rejection;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is stored of peers: those without a connection, and the totals of all. Safe for use by any
 * thread; waits for the database.
 */
public final class PeerHistory {

  private final Reads reads;
  private final JsonMapper json = JsonMapper.shared();

  PeerHistory(Reads reads) {
    this.reads = reads;
  }

  /** A peer that no master has a connection to, as it was last seen. */
  public Optional<Peer> find(PeerId id) {
    return reads.with(sql -> sql.fetchOptional(PEER, PEER.ID.eq(Columns.uuid(id))).map(this::peer));
  }

  /** The peers that no master has a connection to, the ones seen last first. */
  public Slice<Peer> disconnected(Window window) {
    var wanted = PEER.MASTER_ID.isNull();
    return reads.with(
        sql ->
            new Slice<>(
                sql.selectFrom(PEER)
                    .where(wanted)
                    .orderBy(PEER.LAST_SEEN_AT.desc(), PEER.ID)
                    .offset(window.offset())
                    .limit(window.count())
                    .fetch(this::peer),
                sql.fetchCount(PEER, wanted)));
  }

  /** How many shares of these peers were accepted, and rejected for which reason. */
  public Map<PeerId, ShareCounts> counts(Collection<PeerId> peers) {
    return reads.with(sql -> counts(sql, peers.stream().map(Columns::uuid).toList()));
  }

  private static Map<PeerId, ShareCounts> counts(DSLContext sql, List<UUID> ids) {
    Map<UUID, Map<Rejection, Long>> rejected = new HashMap<>();
    sql.selectFrom(PEER_REJECTION)
        .where(PEER_REJECTION.PEER_ID.in(ids))
        .forEach(
            row ->
                rejected
                    .computeIfAbsent(row.getPeerId(), id -> new EnumMap<>(Rejection.class))
                    .put(Rejection.valueOf(row.getReason()), row.getRejections()));
    Map<UUID, Long> accepted = new HashMap<>();
    sql.select(PEER_TOTAL.PEER_ID, PEER_TOTAL.SHARES_ACCEPTED)
        .from(PEER_TOTAL)
        .where(PEER_TOTAL.PEER_ID.in(ids))
        .forEach(row -> accepted.put(row.value1(), row.value2()));
    Map<PeerId, ShareCounts> counts = new HashMap<>();
    for (UUID id : ids) {
      counts.put(
          Columns.peer(id),
          new ShareCounts(
              accepted.getOrDefault(id, 0L),
              Collections.unmodifiableMap(rejected.getOrDefault(id, Map.of()))));
    }
    return counts;
  }

  private Peer peer(PeerRecord row) {
    PeerCapabilities capabilities = json.readValue(row.getCapabilities(), PeerCapabilities.class);
    return new Peer(
        new PeerIdentity(
            Columns.peer(row.getId()),
            row.getName(),
            row.getSoftware(),
            row.getAddress(),
            row.getHttpPort()),
        PeerState.DISCONNECTED,
        capabilities,
        new PeerActivity(
            PeerState.CONNECTED,
            "",
            null,
            0,
            row.getHashesTotal(),
            capabilities.memoryAvailableBytes()),
        row.getConnectedAt(),
        row.getLastSeenAt());
  }
}
