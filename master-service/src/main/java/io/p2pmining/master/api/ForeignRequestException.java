package io.p2pmining.master.api;

/** A request that a web page of somebody else may have made; answered with status 403. */
final class ForeignRequestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private ForeignRequestException(String message) {
    super(message);
  }

  static ForeignRequestException ofHost(String host) {
    return new ForeignRequestException(
        "Host "
            + Echo.of(host)
            + " is not this master's: use the address that it listens on, or add the name to"
            + " p2pmine.master.api.allowed-hosts");
  }

  static ForeignRequestException ofOrigin(String origin) {
    return new ForeignRequestException(
        "A page of "
            + Echo.of(origin)
            + " must not change anything here: use the master's own pages, or add the page's host to"
            + " p2pmine.master.api.allowed-hosts");
  }
}
