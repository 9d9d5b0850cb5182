package io.p2pmining.cli.options;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Addresses of a master's REST API; without a scheme it is http. */
public final class MasterUrl implements ITypeConverter<URI> {

  private static final String EXAMPLE =
      "' is not the address of a master's API, give for example http://127.0.0.1:8080";

  @Override
  public URI convert(String word) {
    String address = word.contains("://") ? word : "http://" + word;
    try {
      URI url = new URI(address.replaceFirst("/+$", ""));
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (web && url.getHost() != null && url.getQuery() == null && url.getFragment() == null) {
        return url;
      }
    } catch (URISyntaxException e) {
      // Refused below, as an address of another kind is.
    }
    throw new TypeConversionException("'" + word + EXAMPLE);
  }
}
