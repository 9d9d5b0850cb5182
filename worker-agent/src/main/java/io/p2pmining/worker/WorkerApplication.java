package io.p2pmining.worker;

import io.p2pmining.common.process.ParentWatch;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the worker. */
@SpringBootApplication
public class WorkerApplication {

  public static void main(String[] args) {
    ParentWatch.startIfAsked();
    SpringApplication.run(WorkerApplication.class, args);
  }
}
