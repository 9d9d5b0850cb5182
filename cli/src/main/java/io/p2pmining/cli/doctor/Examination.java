package io.p2pmining.cli.doctor;

import io.p2pmining.cli.CommandFailure;
import io.p2pmining.cli.cluster.MasterApi;
import io.p2pmining.cli.cluster.MasterOption;
import io.p2pmining.cli.machine.MemoryNeed;
import io.p2pmining.cli.options.Algorithm;
import io.p2pmining.cli.service.GivenSettings;
import io.p2pmining.cli.service.MasterOptions;
import io.p2pmining.cli.service.MasterRuntime;
import io.p2pmining.cli.up.ClusterMemory;
import io.p2pmining.core.cpu.CacheTopology;
import io.p2pmining.core.cpu.CpuFeatures;
import io.p2pmining.core.memory.AvailableMemory;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** All checks of one machine, in the order in which they are shown. Used by one thread, once. */
final class Examination {

  /** The algorithm whose needs are checked for: nearly everybody mines it. */
  private static final String ALGORITHM = "rx/0";

  private static final String LOOPBACK = "127.0.0.1";
  private static final int CONNECTIONS = 1024;

  private static final Path ROOT = Path.of("/");

  private final Path data;
  private final @Nullable URI master;
  private final GivenSettings settings;
  private final List<Finding> findings = new ArrayList<>();
  private @Nullable Instant masterTime;

  /**
   * @param master the API of a master that must answer; null for that of the data directory, if any
   */
  Examination(Path data, @Nullable URI master, GivenSettings settings) {
    this.data = data;
    this.master = master;
    this.settings = settings;
  }

  List<Finding> findings() throws InterruptedException {
    Optional<MasterRuntime> running = MasterRuntime.read(data).filter(MasterRuntime::isAlive);
    machine(running.isPresent());
    findings.add(DiskCheck.of(data));
    ports(running);
    NodeCheck node =
        NodeCheck.of(
            settings.values("p2pmine.master.monero.urls"),
            settings.value("p2pmine.master.monero.login").orElse(null),
            settings.value("p2pmine.master.monero.wallet").orElse(null));
    findings.addAll(node.findings());
    Finding reached = master();
    findings.add(ClockCheck.of(Instant.now(), built(), masterTime, node.tip()));
    findings.add(reached);
    return findings;
  }

  private void machine(boolean running) {
    findings.add(
        ProcessorCheck.java(
            Runtime.version(),
            System.getProperty("java.vendor", ""),
            System.getProperty("java.home", "")));
    findings.add(
        ProcessorCheck.of(
            CpuFeatures.detect(),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.arch", "")));
    findings.add(CodeMemoryCheck.ofThisMachine());
    PowAlgorithm algorithm = new Algorithm().convert(ALGORITHM);
    int threads = Runtime.getRuntime().availableProcessors();
    ClusterMemory cluster = new ClusterMemory(algorithm, 1, threads, false);
    MemoryNeed full = cluster.need(HashingMode.FULL);
    findings.add(
        MemoryCheck.of(
            AvailableMemory.ofThisMachine().bytes(),
            full,
            cluster.need(HashingMode.LIGHT),
            running));
    long hashing =
        MemoryNeed.of(
                algorithm,
                HashingMode.FULL,
                Math.max(1, CacheTopology.detect().cores().size()),
                EngineSettings.AUTO)
            .bytes();
    findings.add(HugePageCheck.of(ROOT, hashing));
    findings.addAll(
        LimitsCheck.of(ROOT, settings.number("p2pmine.master.max-connections", CONNECTIONS)));
  }

  private void ports(Optional<MasterRuntime> running) {
    int api = settings.number("server.port", MasterOptions.DEFAULT_HTTP_PORT);
    int workers = settings.number("p2pmine.master.p2p-port", MasterOptions.DEFAULT_P2P_PORT);
    findings.add(
        new PortCheck(
                "API port", settings.value("server.address").orElse(LOOPBACK), api, "--http-port")
            .finding(ROOT, owner(running.filter(runtime -> runtime.httpPort() == api))));
    findings.add(
        new PortCheck(
                "worker port",
                settings.value("p2pmine.master.bind-address").orElse(LOOPBACK),
                workers,
                "--p2p-port")
            .finding(ROOT, owner(running.filter(runtime -> runtime.p2pPort() == workers))));
  }

  private static OptionalLong owner(Optional<MasterRuntime> master) {
    return master.map(runtime -> OptionalLong.of(runtime.pid())).orElse(OptionalLong.empty());
  }

  private Finding master() throws InterruptedException {
    String name = "master";
    MasterOption.Choice choice = MasterOption.choose(master, data);
    try (MasterApi api = new MasterApi(choice)) {
      JsonNode cluster = api.cluster();
      masterTime = MasterApi.timeOf(cluster).orElse(null);
      return Finding.ok(
          name,
          "%s %s answers at %s, workers connected: %d"
              .formatted(
                  cluster.path("name").asString(""),
                  cluster.path("version").asString(""),
                  api.url(),
                  cluster.path("peers").path("connected").asInt(0)));
    } catch (CommandFailure failure) {
      if (!choice.expected()) {
        return Finding.ok(name, "none runs on " + data + ", and none answers at " + choice.url());
      }
      String[] parts = String.valueOf(failure.getMessage()).split("; ", 2);
      return Finding.fail(name, parts[0], parts.length == 2 ? parts[1] : choice.hint());
    }
  }

  /** When this program was built; long ago if that cannot be told. */
  private static Instant built() {
    try {
      var source = Examination.class.getProtectionDomain().getCodeSource();
      return source == null
          ? Instant.EPOCH
          : Files.getLastModifiedTime(Path.of(source.getLocation().toURI())).toInstant();
    } catch (IOException | URISyntaxException e) {
      return Instant.EPOCH;
    }
  }
}
