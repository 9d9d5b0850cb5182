package io.p2pmining.master.store;

import static io.p2pmining.master.store.schema.Tables.CONDUCT;
import static io.p2pmining.master.store.schema.Tables.REDO;
import static io.p2pmining.master.store.schema.Tables.STANDING;

import io.p2pmining.master.peer.Standing;
import io.p2pmining.master.trust.KeptConduct;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Redone;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/** Writes which peers of a group get no work, what is known of their honesty, and from where. */
final class TrustWriter implements AutoCloseable {

  private final JsonMapper json = JsonMapper.shared();
  private final Upsert<Map.Entry<PeerId, Standing>> standings;
  private final Batch endedStandings;
  private final Upsert<Map.Entry<PeerId, KeptConduct>> conducts;
  private final Batch redos;

  TrustWriter(Connection connection) throws SQLException {
    standings =
        Upsert.replacing(
            connection,
            STANDING,
            List.of(STANDING.STATE, STANDING.REASON, STANDING.BEGUN_AT, STANDING.ENDS_AT),
            List.of(STANDING.PEER_ID),
            (row, change) -> {
              Standing standing = change.getValue();
              return row.set(standing.state().name())
                  .set(standing.reason())
                  .set(since(standing))
                  .set(standing.until())
                  .set(Columns.uuid(change.getKey()));
            });
    endedStandings = Batch.delete(connection, STANDING, List.of(STANDING.PEER_ID));
    conducts =
        Upsert.replacing(
            connection,
            CONDUCT,
            List.of(CONDUCT.KEPT, CONDUCT.CHANGED_AT),
            List.of(CONDUCT.PEER_ID),
            (row, change) ->
                row.set(json.writeValueAsString(change.getValue()))
                    .set(change.getValue().changedAt())
                    .set(Columns.uuid(change.getKey())));
    redos = Batch.insert(connection, REDO);
  }

  private static Instant since(Standing standing) {
    return Objects.requireNonNull(standing.since(), "out of service since when");
  }

  void write(Group group) throws SQLException {
    for (var change : group.standings().entrySet()) {
      if (change.getValue().allowsWork()) {
        endedStandings.set(Columns.uuid(change.getKey())).add();
      }
    }
    endedStandings.execute();
    standings.write(
        group.standings().entrySet().stream()
            .filter(change -> !change.getValue().allowsWork())
            .toList());
    conducts.write(group.conducts().entrySet());
    writeRedos(group.redos());
  }

  private void writeRedos(List<Redone> compared) throws SQLException {
    for (Redone redone : compared) {
      redos
          .set(redone.ref().lease())
          .set(redone.ref().unitId())
          .set(redone.jobId())
          .set(Columns.uuid(redone.first()))
          .set(Columns.uuid(redone.second()))
          .set(redone.range().start())
          .set(redone.range().count())
          .set(redone.matched())
          .set(redone.missedByFirst())
          .set(redone.missedBySecond())
          .set(redone.at())
          .add();
    }
    redos.execute();
  }

  @Override
  public void close() throws SQLException {
    standings.close();
    endedStandings.close();
    conducts.close();
    redos.close();
  }
}
