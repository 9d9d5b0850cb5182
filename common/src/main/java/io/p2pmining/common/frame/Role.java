package io.p2pmining.common.frame;

/** The two parts that a node can play in a connection. */
public enum Role {
  /** Accepted the connection; hands out work. */
  MASTER,
  /** Opened the connection; searches. */
  WORKER;

  /** The part that the node at the other end plays. */
  public Role peer() {
    return this == MASTER ? WORKER : MASTER;
  }
}
