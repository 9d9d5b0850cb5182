package io.p2pmining.master.dispatch;

import io.p2pmining.master.trust.Conduct;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Redone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Remembers what came of ranges that were searched twice. */
final class RedoneEvents implements WorkEvents {

  final List<Redone> compared = new ArrayList<>();
  final Map<PeerId, Conduct.Omission> omissions = new LinkedHashMap<>();

  @Override
  public void unitRedone(Redone redone) {
    compared.add(redone);
  }

  @Override
  public void peerMissedShares(PeerId peer, Conduct.Omission omission) {
    omissions.put(peer, omission);
  }
}
