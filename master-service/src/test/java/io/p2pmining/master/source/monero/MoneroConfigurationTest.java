package io.p2pmining.master.source.monero;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.master.job.ExtraNonceCounter;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class MoneroConfigurationTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withBean(Clock.class, Clock::systemUTC)
          .withBean(ExtraNonceCounter.class, () -> new AtomicLong()::incrementAndGet)
          .withUserConfiguration(MoneroConfiguration.class);

  @Test
  void hasNoSourceWithoutANode() {
    runner.run(context -> assertThat(context).doesNotHaveBean(MoneroSource.class));
  }

  @Test
  void takesAVariableWithoutAValueForNoNode() {
    runner
        .withPropertyValues("p2pmine.master.monero.urls=", "p2pmine.master.monero.wallet=")
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(MoneroSource.class));
  }

  @Test
  void hasASourceForAListAndForIndexedNodes() {
    String wallet = "p2pmine.master.monero.wallet=" + MoneroSourceIT.WALLET;
    runner
        .withPropertyValues("p2pmine.master.monero.urls=http://127.0.0.1:1,127.0.0.1:2", wallet)
        .run(context -> assertThat(context).hasSingleBean(MoneroSource.class));
    runner
        .withPropertyValues("p2pmine.master.monero.urls[0]=http://127.0.0.1:1", wallet)
        .run(context -> assertThat(context).hasSingleBean(MoneroSource.class));
  }

  @Test
  void refusesToStartWithoutAWallet() {
    runner
        .withPropertyValues("p2pmine.master.monero.urls=http://127.0.0.1:1")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("Set p2pmine.master.monero.wallet"));
  }
}
