package io.p2pmining.master.work;

/** Why a lease ended while its unit was not searched to the end. */
public enum LeaseEnding {
  /** Its time ran out. */
  EXPIRED,
  /** Its worker left, or did not come back in time. */
  DISCONNECTED,
  /** Its worker came back and did not know of it. */
  FORGOTTEN,
  /** Its worker gave the unit up. */
  GIVEN_UP,
  /** Its worker was taken out of service. */
  WITHDRAWN,
  /** Its worker reported another range than was leased. */
  MISREPORTED
}
