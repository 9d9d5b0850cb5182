package io.p2pmining.master.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Keeps web pages from using the API through somebody's browser, as long as there are no logins. A
 * request that may change something needs a JSON content type, which no form can send and no script
 * of another origin without asking first; a Host and, if it has one, an Origin that are the
 * master's own. Reading needs the Host alone: a browser shows the answer to no other origin.
 *
 * <p>Health and metrics are read under whatever name a monitor has for this machine. A request
 * without a Host is not a browser's.
 */
final class BrowserGuard extends OncePerRequestFilter {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
  private static final String MONITORED = "/actuator/";

  private final OwnHosts hosts;
  private final HandlerExceptionResolver problems;

  BrowserGuard(OwnHosts hosts, HandlerExceptionResolver problems) {
    this.hosts = hosts;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    RuntimeException refusal = refusal(request);
    if (refusal == null) {
      chain.doFilter(request, response);
    } else if (problems.resolveException(request, response, null, refusal) == null) {
      throw refusal;
    }
  }

  private @Nullable RuntimeException refusal(HttpServletRequest request) {
    boolean reading = READING.contains(request.getMethod());
    if (reading && request.getRequestURI().startsWith(MONITORED)) {
      return null;
    }
    String hostHeader = request.getHeader(HttpHeaders.HOST);
    Optional<HostPort> host = hostHeader == null ? Optional.empty() : HostPort.parse(hostHeader);
    if (hostHeader != null
        && host.filter(name -> hosts.isOwnHost(name, request.getLocalAddr())).isEmpty()) {
      return ForeignRequestException.ofHost(hostHeader);
    }
    if (reading) {
      return null;
    }
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin != null && !isOwn(origin, host)) {
      return ForeignRequestException.ofOrigin(origin);
    }
    return isJson(request.getContentType())
        ? null
        : new NotJsonException(request.getMethod(), request.getContentType());
  }

  private boolean isOwn(String origin, Optional<HostPort> host) {
    return HostPort.ofOrigin(origin)
        .filter(page -> host.filter(own -> hosts.isOwnOrigin(page, own)).isPresent())
        .isPresent();
  }

  private static boolean isJson(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    try {
      MediaType type = MediaType.parseMediaType(contentType);
      return MediaType.APPLICATION_JSON.includes(type)
          || type.getType().equals("application") && type.getSubtype().endsWith("+json");
    } catch (InvalidMediaTypeException e) {
      return false;
    }
  }
}
