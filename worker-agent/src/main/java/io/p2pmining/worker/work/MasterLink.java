package io.p2pmining.worker.work;

import com.google.protobuf.MessageLite;

/** The way to the master while a session with it lasts. Safe for use by any thread; never waits. */
public interface MasterLink {

  /** Sends a message; it is lost if the session is ending. */
  void send(MessageLite message);
}
