package io.p2pmining.common.frame;

/** Decides whether a frame may come now, before its payload is read. */
@FunctionalInterface
public interface FrameGate {

  /** Lets every frame in. */
  FrameGate OPEN = type -> {};

  /**
   * Called on the event loop for each frame whose header is right.
   *
   * @throws ProtocolException if a frame of this type may not come now
   */
  void admit(MessageType type) throws ProtocolException;
}
