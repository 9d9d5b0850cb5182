package io.p2pmining.cli.up;

import io.p2pmining.cli.service.Service;
import io.p2pmining.cli.service.ServicePrograms;
import io.p2pmining.cli.service.ServiceSettings;
import io.p2pmining.cli.service.WorkerSettings;
import io.p2pmining.common.process.ParentWatch;
import io.p2pmining.core.tuning.TuningStore;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plans the children of a cluster whose files are all in one directory. Immutable.
 *
 * @param programs the services' programs
 * @param directory the data directory
 * @param settings what the command line sets for all of them
 * @param mode in which workers hash that are not set otherwise
 * @param sharing whether workers that are not set otherwise share the large tables
 * @param workers how many there are; several that tune at once would disturb each other
 */
record ClusterPlans(
    ServicePrograms programs,
    Path directory,
    Map<String, String> settings,
    ClusterMode mode,
    ClusterSharing sharing,
    int workers) {

  private static final String LOGS = "logs";

  // These give way to the worker's own settings in the settings file or the environment.

  private static final String DEFAULT_MODE = "p2pmine.up.mode";
  private static final String DEFAULT_SHARED_DIRECTORY = "p2pmine.up.shared-directory";
  private static final String DEFAULT_SHARED_THREADS = "p2pmine.up.shared-threads";
  private static final String DEFAULT_TUNE = "p2pmine.up.tune";

  /** What one worker has found out, and {@code tune} does, the next one uses. */
  private static final String DEFAULT_TUNING_FILE = "p2pmine.up.tuning-file";

  private static final String SETTINGS_FILE = "p2pmine.yml";

  Path logs() {
    return directory.resolve(LOGS);
  }

  ChildPlan master(ServiceSettings own) {
    return plan("master", Service.MASTER, own);
  }

  /**
   * A worker with a directory of its own below the cluster's; it reads the cluster's settings.
   *
   * @param number from 1 on
   * @param threads how many hashing threads; null for the worker's default
   */
  ChildPlan worker(int number, String master, @Nullable Integer threads) {
    String name = "worker-" + number;
    ServiceSettings own =
        WorkerSettings.of(directory.resolve(name), master, threads, name)
            .set(DEFAULT_MODE, mode instanceof ClusterMode.Light ? "light" : null)
            .set(DEFAULT_SHARED_DIRECTORY, sharing.directory())
            .set(DEFAULT_SHARED_THREADS, sharing.isOn() ? sharing.threads() : null)
            .set(DEFAULT_TUNE, workers > 1 ? "off" : null)
            .set(DEFAULT_TUNING_FILE, directory.resolve(TuningStore.NAME))
            .set(
                "spring.config.additional-location",
                "optional:file:" + directory.resolve(SETTINGS_FILE));
    return plan(name, Service.WORKER, own);
  }

  private ChildPlan plan(String name, Service service, ServiceSettings own) {
    Path log = logs().resolve(name + ".log");
    ChildLog.configure(own, log);
    Map<String, String> properties =
        Map.of(ParentWatch.PARENT_PID, String.valueOf(ProcessHandle.current().pid()));
    return new ChildPlan(
        name, programs.commandLine(service, properties, own.setAll(settings)), log);
  }
}
