package io.p2pmining.master;

import io.p2pmining.master.node.DataDirectory;
import io.p2pmining.master.node.MasterIdentity;
import io.p2pmining.master.node.RuntimeFile;
import io.p2pmining.master.session.PeerEndpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Says, to people in the log and to programs in the runtime file, that the master is ready. */
@Component
final class ReadyNotice implements DisposableBean {

  private static final Logger log = LoggerFactory.getLogger(ReadyNotice.class);

  /** What a server without an address of its own listens on: all of this machine's. */
  private static final String EVERY_ADDRESS = "0.0.0.0";

  private final DataDirectory directory;
  private final MasterIdentity self;
  private final PeerEndpoint endpoint;
  private final ServerProperties http;
  private final RuntimeFile file;

  ReadyNotice(
      DataDirectory directory,
      MasterIdentity self,
      PeerEndpoint endpoint,
      ServerProperties http,
      JsonMapper json) {
    this.directory = directory;
    this.self = self;
    this.endpoint = endpoint;
    this.http = http;
    this.file = new RuntimeFile(directory, json);
    file.delete();
  }

  @EventListener
  void ready(ApplicationReadyEvent event) {
    if (event.getApplicationContext() instanceof WebServerApplicationContext web
        && web.getWebServer() != null) {
      announce(web.getWebServer().getPort());
    }
  }

  private void announce(int httpPort) {
    InetSocketAddress p2p = endpoint.address();
    InetAddress bound = http.getAddress();
    String httpAddress = bound == null ? EVERY_ADDRESS : bound.getHostAddress();
    file.write(
        new RuntimeFile.Content(
            ProcessHandle.current().pid(),
            self.id().toString(),
            httpAddress,
            httpPort,
            p2p.getAddress().getHostAddress(),
            p2p.getPort(),
            self.startedAt()));
    log.info(
        "Ready: workers connect to {}:{}, dashboard and API are at http://{}:{}, files are in {}",
        p2p.getAddress().getHostAddress(),
        p2p.getPort(),
        httpAddress,
        httpPort,
        directory.path());
  }

  @Override
  public void destroy() {
    file.delete();
  }
}
