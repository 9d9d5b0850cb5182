package io.p2pmining.master.startup;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.annotation.Order;

/** Names the setting by which the REST API gets another port. */
@Order(0)
final class HttpPortFailureAnalyzer extends AbstractFailureAnalyzer<PortInUseException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, PortInUseException cause) {
    return new FailureAnalysis(
        "HTTP port " + cause.getPort() + " is taken by another process",
        "end that process, or choose another port with server.port",
        cause);
  }
}
