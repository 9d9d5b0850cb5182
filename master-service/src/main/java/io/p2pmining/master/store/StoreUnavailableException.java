package io.p2pmining.master.store;

/** The database does not answer a query now; it may later. */
public final class StoreUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StoreUnavailableException(String message) {
    super(message);
  }

  StoreUnavailableException(Throwable cause) {
    super("the database does not answer", cause);
  }
}
