package io.p2pmining.cli.up;

import io.p2pmining.common.process.ParentWatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

/** Behaves towards {@code up} as a worker does: leaves its arguments and process id in a file. */
final class FakeWorker {

  private FakeWorker() {}

  public static void main(String[] args) throws Exception {
    ParentWatch.startIfAsked();
    FakeArguments arguments = new FakeArguments(args);
    if (arguments.has("fake.deaf")) {
      Runtime.getRuntime().addShutdownHook(new Thread(FakeWorker::sleep));
    }
    Path directory = Files.createDirectories(Path.of(arguments.get("p2pmine.data-dir")));
    Path unfinished = directory.resolve("started.tmp");
    Files.writeString(
        unfinished, ProcessHandle.current().pid() + "\n" + String.join("\n", args) + "\n");
    Files.move(unfinished, directory.resolve("started"), StandardCopyOption.REPLACE_EXISTING);
    System.out.println("WARN hello from a worker");
    sleep();
  }

  private static void sleep() {
    try {
      TimeUnit.MINUTES.sleep(2);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
