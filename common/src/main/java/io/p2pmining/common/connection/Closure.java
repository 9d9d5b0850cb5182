package io.p2pmining.common.connection;

import io.p2pmining.common.frame.ProtocolException;
import io.p2pmining.common.wire.v1.Error;

/** Why a connection ended. */
public sealed interface Closure {

  /** One line for a log; what a peer said in it holds no control characters. */
  String describe();

  /** The peer said GOODBYE. */
  record PeerLeft(String reason, boolean returning) implements Closure {
    @Override
    public String describe() {
      return "the peer left" + (returning ? " for now: " : ": ") + reason;
    }
  }

  /** The peer said ERROR. */
  record PeerRefused(Error.Code code, String message) implements Closure {
    @Override
    public String describe() {
      return "the peer refused: " + code + ": " + message;
    }
  }

  /** The peer broke a rule, or a service said so; it was sent an ERROR. */
  record PeerFaulted(ProtocolException fault) implements Closure {
    @Override
    public String describe() {
      return "the peer broke the protocol: " + fault.getMessage();
    }
  }

  /** The peer was silent for too long; it was sent an ERROR. */
  record TimedOut(String detail) implements Closure {
    @Override
    public String describe() {
      return "timed out: " + detail;
    }
  }

  /** The peer does not read what it is sent, so nothing could be sent any more. */
  record Overflowed(long pendingBytes) implements Closure {
    @Override
    public String describe() {
      return "the peer does not read: " + pendingBytes + " bytes waited to be sent";
    }
  }

  /** This side said GOODBYE, or ERROR for a reason of its own. */
  record Left(String reason) implements Closure {
    @Override
    public String describe() {
      return "closed on this side: " + reason;
    }
  }

  /** The connection went away without a word. */
  record Lost(String detail) implements Closure {
    @Override
    public String describe() {
      return "the connection was lost: " + detail;
    }
  }
}
