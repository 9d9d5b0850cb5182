package io.p2pmining.worker.master;

import io.p2pmining.common.connection.Closure;
import io.p2pmining.common.wire.v1.Error;
import io.p2pmining.worker.node.MasterAddress;
import java.net.ConnectException;
import java.net.UnknownHostException;

/** Why there is no connection to the master now. */
sealed interface Outage {

  String SETTING = "p2pmine.worker.master";

  /** What is wrong and what to do, for a log. */
  String sentence(MasterAddress master);

  /** The name of the host means nothing here. */
  record UnknownHost() implements Outage {
    @Override
    public String sentence(MasterAddress master) {
      return "Cannot find the master's host '%s': correct %s, or the network's name service"
          .formatted(master.host(), SETTING);
    }
  }

  /** The host is there, but nobody listens. */
  record Refused() implements Outage {
    @Override
    public String sentence(MasterAddress master) {
      return "No master listens on %s: start it there, or correct %s".formatted(master, SETTING);
    }
  }

  /** No answer at all, or none that makes sense. */
  record Unreachable(String detail) implements Outage {
    @Override
    public String sentence(MasterAddress master) {
      return "Cannot reach the master on %s (%s): check the network and its firewalls, and %s"
          .formatted(master, detail, SETTING);
    }
  }

  /** The master has as many workers as it may have. */
  record AtCapacity() implements Outage {
    @Override
    public String sentence(MasterAddress master) {
      return "The master on %s has no place for another worker: raise its limit of peers"
          .formatted(master);
    }
  }

  /** The two programs have no version of the protocol in common. */
  record OtherVersion(String detail) implements Outage {
    @Override
    public String sentence(MasterAddress master) {
      return "The master on %s speaks another version of the protocol (%s): update the older one"
          .formatted(master, detail);
    }
  }

  /** Something listens there, but not a master. */
  record NoMaster(String detail) implements Outage {
    @Override
    public String sentence(MasterAddress master) {
      return "What listens on %s is no master that works (%s): correct %s, or look at its log"
          .formatted(master, detail, SETTING);
    }
  }

  /** A connection that worked is gone. */
  record Disconnected(String detail) implements Outage {
    @Override
    public String sentence(MasterAddress master) {
      return "Lost the master on %s (%s)".formatted(master, detail);
    }
  }

  /** Why an attempt to connect failed. */
  static Outage ofAttempt(Throwable failure) {
    return switch (failure) {
      case UnknownHostException unknown -> new UnknownHost();
      case ConnectException refused when mentionsRefusal(refused) -> new Refused();
      default -> new Unreachable(String.valueOf(failure.getMessage()));
    };
  }

  /** Java tells a refusal from a timeout by words only. */
  private static boolean mentionsRefusal(ConnectException failure) {
    return String.valueOf(failure.getMessage()).contains("refused");
  }

  /**
   * Why a connection ended.
   *
   * @param wasReady whether the master had accepted this worker
   */
  static Outage ofClosure(Closure closure, boolean wasReady) {
    return switch (closure) {
      case Closure.PeerRefused refused when refused.code() == Error.Code.CODE_BUSY ->
          new AtCapacity();
      case Closure.PeerRefused refused when refused.code() == Error.Code.CODE_UNSUPPORTED_VERSION ->
          new OtherVersion(refused.message());
      case Closure.PeerFaulted faulted
          when faulted.fault().violation().code() == Error.Code.CODE_UNSUPPORTED_VERSION ->
          new OtherVersion(faulted.fault().violation().detail());
      default -> wasReady ? new Disconnected(closure.describe()) : new NoMaster(closure.describe());
    };
  }
}
