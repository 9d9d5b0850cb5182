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
  private final Batch newStandings;
  private final Batch standings;
  private final Batch endedStandings;
  private final Batch redos;
  private final Batch newConducts;
  private final Batch conducts;

  TrustWriter(Connection connection) throws SQLException {
    newStandings = Batch.insert(connection, STANDING);
    standings =
        Batch.update(
            connection,
            STANDING,
            List.of(STANDING.STATE, STANDING.REASON, STANDING.BEGUN_AT, STANDING.ENDS_AT),
            List.of(STANDING.PEER_ID));
    endedStandings = Batch.delete(connection, STANDING, List.of(STANDING.PEER_ID));
    redos = Batch.insert(connection, REDO);
    newConducts = Batch.insert(connection, CONDUCT);
    conducts =
        Batch.update(
            connection,
            CONDUCT,
            List.of(CONDUCT.KEPT, CONDUCT.CHANGED_AT),
            List.of(CONDUCT.PEER_ID));
  }

  void write(Group group) throws SQLException {
    for (var change : group.standings().entrySet()) {
      if (change.getValue().allowsWork()) {
        endedStandings.set(Columns.uuid(change.getKey())).add();
      }
    }
    endedStandings.execute();
    writeStandings(
        group.standings().entrySet().stream()
            .filter(change -> !change.getValue().allowsWork())
            .toList());
    writeConducts(List.copyOf(group.conducts().entrySet()));
    writeRedos(group.redos());
  }

  private void writeStandings(List<Map.Entry<PeerId, Standing>> changed) throws SQLException {
    for (var change : changed) {
      Standing standing = change.getValue();
      standings
          .set(standing.state().name())
          .set(standing.reason())
          .set(since(standing))
          .set(standing.until())
          .set(Columns.uuid(change.getKey()))
          .add();
    }
    int[] known = standings.execute();
    for (int i = 0; i < known.length; i++) {
      if (known[i] == 0) {
        Standing standing = changed.get(i).getValue();
        newStandings
            .set(Columns.uuid(changed.get(i).getKey()))
            .set(standing.state().name())
            .set(standing.reason())
            .set(since(standing))
            .set(standing.until())
            .add();
      }
    }
    newStandings.execute();
  }

  private static Instant since(Standing standing) {
    return Objects.requireNonNull(standing.since(), "out of service since when");
  }

  private void writeConducts(List<Map.Entry<PeerId, KeptConduct>> changed) throws SQLException {
    for (var change : changed) {
      conducts
          .set(json.writeValueAsString(change.getValue()))
          .set(change.getValue().changedAt())
          .set(Columns.uuid(change.getKey()))
          .add();
    }
    int[] known = conducts.execute();
    for (int i = 0; i < known.length; i++) {
      if (known[i] == 0) {
        var change = changed.get(i);
        newConducts
            .set(Columns.uuid(change.getKey()))
            .set(json.writeValueAsString(change.getValue()))
            .set(change.getValue().changedAt())
            .add();
      }
    }
    newConducts.execute();
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
    for (Batch batch :
        List.of(newStandings, standings, endedStandings, newConducts, conducts, redos)) {
      batch.close();
    }
  }
}
