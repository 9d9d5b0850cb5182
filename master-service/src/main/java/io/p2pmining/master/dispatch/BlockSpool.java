package io.p2pmining.master.dispatch;

import io.p2pmining.master.share.FoundBlock;
import java.util.List;

/**
 * Keeps block candidates until their outcome is certain, whatever becomes of the database. Safe for
 * use by any thread; {@link #keep} and {@link #forget} return at once.
 */
public interface BlockSpool {

  /** Makes a candidate survive a power cut, soon. */
  void keep(SpooledBlock candidate);

  /** The outcome is certain, and the database knows it. */
  void forget(FoundBlock block);

  /** The candidates of earlier processes. */
  List<SpooledBlock> kept();
}
