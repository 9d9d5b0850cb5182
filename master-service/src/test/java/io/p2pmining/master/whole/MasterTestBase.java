package io.p2pmining.master.whole;

import io.p2pmining.master.MasterApplication;
import java.nio.file.Path;
import java.util.UUID;
import org.springframework.boot.micrometer.metrics.test.autoconfigure.AutoConfigureMetrics;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * A whole master on free ports, with a source of sha256d jobs; one for all tests that extend it.
 */
@SpringBootTest(
    classes = MasterApplication.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "p2pmine.master.p2p-port=0",
      "p2pmine.master.benchmark=off",
      "p2pmine.master.trust.redo-share=0",
      "p2pmine.master.events.clients=" + MasterTestBase.EVENT_CLIENTS,
      "p2pmine.master.events.heartbeat=200ms"
    })
@AutoConfigureMockMvc
@AutoConfigureMetrics
@Import(MasterTestBase.Sources.class)
abstract class MasterTestBase {

  static final int EVENT_CLIENTS = 4;

  static final Path DATA =
      Path.of("target", "test-data", UUID.randomUUID().toString()).toAbsolutePath();

  @DynamicPropertySource
  static void dataDirectory(DynamicPropertyRegistry properties) {
    properties.add("p2pmine.data-dir", DATA::toString);
  }

  @TestConfiguration(proxyBeanMethods = false)
  static class Sources {
    @Bean
    SampleSource sampleSource() {
      return new SampleSource();
    }
  }
}
