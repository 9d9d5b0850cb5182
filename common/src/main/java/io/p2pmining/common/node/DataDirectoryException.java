package io.p2pmining.common.node;

/** The data directory cannot be used. The message names the file and says the remedy. */
public final class DataDirectoryException extends RuntimeException {

  public DataDirectoryException(String message) {
    super(message);
  }

  public DataDirectoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
