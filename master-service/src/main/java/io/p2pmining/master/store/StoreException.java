package io.p2pmining.master.store;

/** The database did not do what it was asked to; it may have, if the answer was lost. */
public final class StoreException extends Exception {

  private static final long serialVersionUID = 1L;

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  public StoreException(String message) {
    super(message);
  }
}
