package io.p2pmining.master.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.p2pmining.master.node.DataDirectory;
import io.p2pmining.master.store.Database;
import io.p2pmining.master.store.Journal;
import io.p2pmining.master.store.StoreStatus;
import java.io.File;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/** How the database keeps up, and the disk under the master's files. */
@Component
final class StoreMetrics implements MeterBinder {

  private final StoreStatus status;
  private final Journal journal;
  private final Database database;
  private final File directory;

  StoreMetrics(StoreStatus status, Journal journal, Database database, DataDirectory directory) {
    this.status = status;
    this.journal = journal;
    this.database = database;
    this.directory = directory.path().toFile();
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    Timer commits =
        Timer.builder("p2pmine.store.commit.duration")
            .description("How long it took to make a group of changes durable")
            .serviceLevelObjectives(Buckets.milliseconds(1, 3, 10, 30, 100, 300, 1000, 3000, 10000))
            .register(meters);
    status.listen(commits::record);
    FunctionCounter.builder("p2pmine.store.failures", status, StoreStatus::failures)
        .description("How often a group of changes could not be written and was tried again")
        .register(meters);
    Gauge.builder("p2pmine.store.failing", status, s -> s.isFailing() ? 1 : 0)
        .description("1 while the database takes no changes")
        .register(meters);
    Gauge.builder("p2pmine.store.queue.size", journal, Journal::waiting)
        .description("Results and answers that wait for the database")
        .register(meters);
    bindConnections("used", Database::connectionsInUse, meters);
    bindConnections("idle", Database::connectionsIdle, meters);
    Gauge.builder("p2pmine.disk.free", directory, File::getUsableSpace)
        .description("Free space on the disk with the master's files")
        .baseUnit("bytes")
        .register(meters);
    Gauge.builder("p2pmine.disk.total", directory, File::getTotalSpace)
        .description("Size of the disk with the master's files")
        .baseUnit("bytes")
        .register(meters);
  }

  private void bindConnections(
      String state, ToDoubleFunction<Database> count, MeterRegistry meters) {
    Gauge.builder("p2pmine.store.connections", database, count)
        .description("Connections to the database")
        .tag("state", state)
        .register(meters);
  }
}
