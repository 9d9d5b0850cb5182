package io.p2pmining.master.api;

import io.p2pmining.common.trace.TraceContext;
import io.p2pmining.service.tracing.Spans;
import io.p2pmining.service.tracing.TraceScope;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Makes each request a part of the trace that its {@code traceparent} names, or the beginning of
 * one, and says in the same header of the answer which: what is logged about the request and what
 * comes of it bears the trace's id. What is no {@code traceparent} is passed over, as the standard
 * wants it.
 */
final class RequestTrace extends OncePerRequestFilter {

  /** The attribute of a request that is its {@link TraceContext}. */
  static final String ATTRIBUTE = "io.p2pmining.master.api.RequestTrace";

  static final String HEADER = "traceparent";

  private final Spans spans;

  RequestTrace(Spans spans) {
    this.spans = spans;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    // Where spans are recorded, Spring has begun one for the request.
    TraceContext trace = spans.current().orElseGet(() -> traceOf(request));
    request.setAttribute(ATTRIBUTE, trace);
    response.setHeader(HEADER, trace.toString());
    try (TraceScope scope = TraceScope.open(trace)) {
      chain.doFilter(request, response);
    }
  }

  private static TraceContext traceOf(HttpServletRequest request) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return Optional.ofNullable(request.getHeader(HEADER))
        .flatMap(TraceContext::parse)
        .map(caller -> caller.next(random))
        .orElseGet(() -> TraceContext.begin(random));
  }
}
