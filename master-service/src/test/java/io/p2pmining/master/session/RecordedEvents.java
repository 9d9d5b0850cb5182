package io.p2pmining.master.session;

import io.p2pmining.master.work.PeerEvents;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.PeerLink;
import io.p2pmining.master.work.UnitRef;
import io.p2pmining.master.work.WorkResult;
import io.p2pmining.master.work.WorkerProfile;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what sessions tell. */
final class RecordedEvents implements PeerEvents {

  /** One call. */
  sealed interface Event {
    record Ready(WorkerProfile profile, PeerLink link) implements Event {}

    record Depth(PeerId peer, int depth, List<UnitRef> held) implements Event {}

    record Progress(PeerId peer, UnitRef ref, long searched, double rate) implements Event {}

    record Rate(PeerId peer, double rate) implements Event {}

    record Result(PeerId peer, WorkResult result) implements Event {}

    record Gone(PeerId peer, PeerLink link, boolean returning) implements Event {}
  }

  private final List<Event> events = new CopyOnWriteArrayList<>();

  List<Event> all() {
    return List.copyOf(events);
  }

  <E extends Event> List<E> of(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public void peerReady(WorkerProfile profile, PeerLink link) {
    events.add(new Event.Ready(profile, link));
  }

  @Override
  public void depthRequested(PeerId peer, int depth, List<UnitRef> held) {
    events.add(new Event.Depth(peer, depth, held));
  }

  @Override
  public void progress(PeerId peer, UnitRef ref, long searched, double hashesPerSecond) {
    events.add(new Event.Progress(peer, ref, searched, hashesPerSecond));
  }

  @Override
  public void rateReported(PeerId peer, double hashesPerSecond) {
    events.add(new Event.Rate(peer, hashesPerSecond));
  }

  @Override
  public void result(PeerId peer, WorkResult result) {
    events.add(new Event.Result(peer, result));
  }

  @Override
  public void peerGone(PeerId peer, PeerLink link, boolean returning) {
    events.add(new Event.Gone(peer, link, returning));
  }
}
